package dev.tidings.topology;

/** What the sidecar does with an event that the app answers with RETRY. */
public enum RetryPolicy {
    /** Three retries ({@code resiliency.yaml}), then the topic {@code dead-letter-queue}. */
    DEAD_LETTER,
    /** Redelivers until the app accepts the event; the partition waits. For apps that must not lose an event. */
    UNLIMITED
}
