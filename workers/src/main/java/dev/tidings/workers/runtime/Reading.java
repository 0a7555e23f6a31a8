package dev.tidings.workers.runtime;

import dev.tidings.messaging.inbox.InboxEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an arrival turned out to be. */
sealed interface Reading {
    InboxEvent facts();

    /** @param traceparent W3C trace context of what caused the event */
    record Readable(InboxEvent facts, @Nullable String traceparent, JsonNode data) implements Reading {}

    /** @param facts as far as they could be read, with stand-ins for the rest */
    record Unreadable(InboxEvent facts, String reason) implements Reading {}
}
