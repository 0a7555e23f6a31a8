package dev.tidings.workers.runtime;

/** A handler that first calls others over the network, outside of any transaction. */
public interface CallingHandler<T> extends EventHandler<T> {
    /**
     * Done as often as the event comes until it is processed, also by two processes at once: what it asks for must be harmless
     * when asked again. {@link #handle} follows if this is {@link HandlerResult.Done}. Events of one key are called for one after the
     * other, others of a batch at the same time.
     */
    HandlerResult call(Delivery<T> delivery);
}
