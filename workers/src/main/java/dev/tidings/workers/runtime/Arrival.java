package dev.tidings.workers.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What the sidecar posts, unread. A method with {@code @Topic} takes it as its parameter.
 *
 * @param topic the last part of the path {@code /events/<topic>}
 * @param key of the Kafka record
 * @param body a CloudEvent, if all is well
 */
public record Arrival(String topic, @Nullable String key, byte[] body) {}
