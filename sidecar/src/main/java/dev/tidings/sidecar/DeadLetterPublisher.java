package dev.tidings.sidecar;

/** Publishes events that a service gives up on. Safe for any thread. */
@FunctionalInterface
interface DeadLetterPublisher {
    /**
     * Publishes the record as it was received, with its key and the topic it came from, as a sidecar moves it. Blocks until the broker
     * has it or the timeout is over.
     *
     * @return whether the broker has it; false also if that is not known
     */
    boolean publish(String deadLetterTopic, ReceivedEvent event);
}
