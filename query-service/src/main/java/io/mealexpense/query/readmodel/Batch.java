package io.mealexpense.query.readmodel;

import java.util.function.Supplier;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Rows gathered while a batch of events is handled, written together before the token's transaction commits. */
interface Batch {

    void flush();

    /** The batch of this kind in the current unit of work. */
    static <B extends Batch> B current(String kind, Supplier<B> fresh) {
        var unitOfWork = CurrentUnitOfWork.get();
        return unitOfWork.getOrComputeResource("batch/" + kind, key -> {
            var batch = fresh.get();
            unitOfWork.onPrepareCommit(committing -> batch.flush());
            return batch;
        });
    }
}
