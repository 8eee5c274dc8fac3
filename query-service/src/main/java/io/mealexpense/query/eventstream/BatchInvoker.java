package io.mealexpense.query.eventstream;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Hands the events of a unit of work to the projector together, before the token's transaction commits. */
final class BatchInvoker implements EventHandlerInvoker {

    private static final String BATCH = BatchInvoker.class.getName();

    private final Projector projector;
    private final ProjectionTokenStore tokens;

    BatchInvoker(Projector projector, ProjectionTokenStore tokens) {
        this.projector = projector;
        this.tokens = tokens;
    }

    /** Every event: a token that waits for one of its own kind would keep readers waiting who wrote another. */
    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        var unitOfWork = CurrentUnitOfWork.get();
        List<TrackedEventMessage<?>> batch = unitOfWork.getOrComputeResource(BATCH, key -> {
            var gathered = new ArrayList<TrackedEventMessage<?>>();
            unitOfWork.onPrepareCommit(committing ->
                    projector.project(tokens.enter(projector.projection().group()), gathered));
            return gathered;
        });
        batch.add((TrackedEventMessage<?>) event);
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
