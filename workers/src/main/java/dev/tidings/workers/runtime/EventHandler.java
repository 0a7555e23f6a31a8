package dev.tidings.workers.runtime;

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
     * Has the effect, in the transaction that also marks the event as processed and that writes the events it leads to. No remote
     * calls: the transaction holds locks.
     */
    HandlerResult handle(Delivery<T> delivery);
}
