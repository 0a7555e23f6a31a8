package dev.tidings.workers.runtime;

/** The result of a handler. Every result but {@link Done} rolls the transaction back. */
public sealed interface HandlerResult {
    HandlerResult DONE = new Done();

    /** The event has its effect. */
    record Done() implements HandlerResult {}

    /** The event cannot have its effect; it becomes a dead letter. */
    record Permanent(String reason) implements HandlerResult {}

    /** The event failed, and may succeed when it is retried. */
    record Transient(String reason) implements HandlerResult {}

    /** A shared dependency is down, so every event would fail. */
    record DependencyUnavailable(String dependency) implements HandlerResult {}

    static HandlerResult permanent(String reason) {
        return new Permanent(reason);
    }

    static HandlerResult transientFailure(String reason) {
        return new Transient(reason);
    }

    /** @param dependency its name in the log: "the backend" */
    static HandlerResult unavailable(String dependency) {
        return new DependencyUnavailable(dependency);
    }
}
