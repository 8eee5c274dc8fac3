package io.mealexpense.query.eventstream;

import io.mealexpense.edge.trace.Traces;
import io.mealexpense.events.EventMetadata;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Hands the events of a unit of work to the projector together, before the token's transaction commits. */
final class BatchInvoker implements EventHandlerInvoker {

    private static final String BATCH = BatchInvoker.class.getName();

    /** Events of a batch whose traces are gone on with; a flood has more than anybody looks at. */
    private static final int TRACED = 20;

    private final Projector projector;
    private final ProjectionTokenStore tokens;
    private final Traces traces;

    BatchInvoker(Projector projector, ProjectionTokenStore tokens, Traces traces) {
        this.projector = projector;
        this.traces = traces;
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
            unitOfWork.onPrepareCommit(committing -> {
                trace(unitOfWork, gathered);
                projector.project(tokens.enter(projector.projection().group()), gathered);
            });
            return gathered;
        });
        batch.add((TrackedEventMessage<?>) event);
    }

    /** A step of each event's own trace, from here until its rows are there. */
    private void trace(UnitOfWork<?> unitOfWork, List<TrackedEventMessage<?>> batch) {
        if (!traces.areKept()) {
            return;
        }
        var group = projector.projection().group();
        var steps = batch.stream()
                .map(event -> event.getMetaData().get(EventMetadata.TRACE_PARENT))
                .filter(Objects::nonNull)
                .limit(TRACED)
                .map(parent -> traces.following("project " + group, parent.toString()))
                .toList();
        unitOfWork.onRollback(failed -> steps.forEach(step -> step.setStatus(StatusCode.ERROR)));
        unitOfWork.onCleanup(over -> steps.forEach(Span::end));
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
