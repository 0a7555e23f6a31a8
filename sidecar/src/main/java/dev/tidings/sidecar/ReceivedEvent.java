package dev.tidings.sidecar;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Kafka record, read as a CloudEvent. Every record has a source, id and type; where its own cannot be read or cannot be stored, a
 * stand-in takes its place ({@link EventNames}).
 *
 * @param topic the subscribed topic
 * @param forwardedFrom the topic from which a sidecar moved the event to a dead-letter topic; null for other events
 * @param key the partition key as text, see {@link RecordKey}; null if there is none that can be stored
 * @param id the CloudEvent's id, else the fingerprint of the bytes; with {@code source} it identifies the event
 * @param hasOwnId whether {@code id} is the CloudEvent's
 * @param type the CloudEvent's type; if that is Dapr's default, the field {@code type} or {@code event_type} of the data
 * @param time when the event was written; null if it is missing or cannot be stored
 * @param receivedAt when this service received the event
 * @param traceparent the W3C trace context of the event's cause
 * @param correlationId the field {@code correlationId} of the data: the payment with which a flow began
 * @param envelope the whole CloudEvent; a missing node if the record is not JSON
 * @param bytes the record's value, cut off one byte behind {@link CloudEventReader#MAX_BYTES}
 * @param fault why the record is not a CloudEvent; null if it is one
 */
public record ReceivedEvent(
        String topic,
        @Nullable String forwardedFrom,
        @Nullable String key,
        String source,
        String id,
        boolean hasOwnId,
        String type,
        @Nullable Instant time,
        Instant receivedAt,
        @Nullable String traceparent,
        @Nullable String correlationId,
        JsonNode envelope,
        byte[] bytes,
        @Nullable RecordFault fault) {

    /** @param detail a sentence that begins with "it": "it is not JSON: …" */
    public record RecordFault(Kind kind, String detail) {
        /** The kinds of faults. */
        public enum Kind {
            TOO_LARGE,
            TOO_DEEP,
            NOT_JSON,
            NUMBER_OUT_OF_RANGE,
            /** The record is JSON without a usable id or source. */
            NOT_A_CLOUD_EVENT,
            /** Reading it failed because of a bug; the log has the cause. */
            UNREADABLE
        }
    }

    /** Returns the event with another trace context for what it causes. */
    ReceivedEvent inTrace(@Nullable String context) {
        return new ReceivedEvent(
                topic,
                forwardedFrom,
                key,
                source,
                id,
                hasOwnId,
                type,
                time,
                receivedAt,
                context,
                correlationId,
                envelope,
                bytes,
                fault);
    }

    /** Returns the payload; a missing node if there is none. */
    public JsonNode data() {
        return envelope.path("data");
    }

    /** Returns an attribute of the envelope; null if it is not a text that can be stored. */
    public @Nullable String attribute(String name) {
        return EventNames.name(envelope.path(name));
    }

    /** Returns when the event was written, or when it was received if that is unknown. */
    public Instant timeOrArrival() {
        return time == null ? receivedAt : time;
    }
}
