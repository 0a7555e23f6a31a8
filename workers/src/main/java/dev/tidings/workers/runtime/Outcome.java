package dev.tidings.workers.runtime;

/** What became of an event in a handler. Everything but {@link Done} rolls the transaction back. */
public sealed interface Outcome {
    Outcome DONE = new Done();

    /** The event has its effect. */
    record Done() implements Outcome {}

    /** The event cannot have its effect as the world stands: to the dead letters, for an operator to see. */
    record Permanent(String reason) implements Outcome {}

    /** Something went wrong that may go right in a moment. */
    record Transient(String reason) implements Outcome {}

    /** What every event needs is away; none of them is to blame. */
    record Unavailable(String what) implements Outcome {}

    static Outcome permanent(String reason) {
        return new Permanent(reason);
    }

    static Outcome transientFailure(String reason) {
        return new Transient(reason);
    }

    /** @param what stands in the log: "the backend" */
    static Outcome unavailable(String what) {
        return new Unavailable(what);
    }
}
