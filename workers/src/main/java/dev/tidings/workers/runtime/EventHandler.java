package dev.tidings.workers.runtime;

import java.util.List;

/**
 * What a worker does with one kind of event. Called by many threads.
 *
 * @param <T> what it reads of the payload: the type's record, or one of its own with the fields it needs. A component that is not
 *     {@code @Nullable} must be there, else the event is malformed; fields it does not name are ignored.
 */
public interface EventHandler<T> {
    /** @param type wire name of an event type, also of one that Tidings does not have */
    boolean takes(String type);

    Class<T> payload();

    /**
     * Has the effect of all events, in the transaction that also marks them as processed and that writes the events they lead to. No
     * remote calls: the transaction holds locks.
     *
     * @param deliveries new events of one topic, at least one, those of one key in their order
     * @return {@link HandlerResult.Done} if all have their effect. With any other result, or an exception, none has: a batch is then
     *     halved until the event at fault stands alone, and the result counts for that one.
     */
    HandlerResult handle(List<Delivery<T>> deliveries);
}
