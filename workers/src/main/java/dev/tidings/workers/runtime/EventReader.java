package dev.tidings.workers.runtime;

import dev.tidings.events.EventType;
import dev.tidings.messaging.inbox.EventNames;
import dev.tidings.messaging.inbox.InboxEvent;
import dev.tidings.workers.runtime.Reading.Readable;
import dev.tidings.workers.runtime.Reading.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads CloudEvents: a function of their bytes. */
final class EventReader {
    /** Twice what the bus takes. */
    static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final int MAX_DEPTH = 50;

    /** Dapr's own type for events whose publisher gave none. */
    private static final String UNTYPED = "com.dapr.event.sent";

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @param now stands in for the time of an event that has none */
    Reading read(Arrival arrival, Instant now) {
        JsonNode envelope = null;
        String fault = null;
        if (arrival.body().length > MAX_BYTES) {
            fault = "it has more than %d bytes".formatted(MAX_BYTES);
        } else {
            try {
                envelope = json.readTree(arrival.body());
                fault = envelope.isObject() ? null : "it is no JSON object";
            } catch (JacksonException e) {
                fault = "it is no JSON: " + e.getOriginalMessage();
            }
        }
        JsonNode known = envelope == null ? json.missingNode() : envelope;
        InboxEvent facts = facts(arrival, known, now);
        if (fault == null) {
            fault = fault(known);
        }
        return fault == null
                ? new Readable(facts, name(known.path("traceparent")), known.path("data"))
                : new Unreadable(facts, fault);
    }

    private static InboxEvent facts(Arrival arrival, JsonNode envelope, Instant now) {
        String id = name(envelope.path("id"));
        String source = name(envelope.path("source"));
        return new InboxEvent(
                source == null ? EventNames.UNKNOWN : source,
                id == null ? EventNames.fingerprint(arrival.body()) : id,
                type(envelope),
                name(envelope.path("data").path("correlationId")),
                arrival.topic(),
                EventNames.name(arrival.key()),
                time(envelope.path("time"), now));
    }

    private static @Nullable String fault(JsonNode envelope) {
        for (String required : List.of("id", "source", "type")) {
            if (name(envelope.path(required)) == null) {
                return "it is no CloudEvent: its %s is not 1 to %d characters without control characters"
                        .formatted(required, EventNames.MAX_CHARS);
            }
        }
        JsonNode version = envelope.path("specversion");
        if (!version.isString() || !version.stringValue().equals("1.0")) {
            return "it is no CloudEvent of version 1.0";
        }
        JsonNode data = envelope.path("data");
        if (!data.isObject()) {
            return "its data is %s, not a JSON object"
                    .formatted(
                            data.isMissingNode()
                                    ? "missing"
                                    : data.getNodeType().toString());
        }
        JsonNode correlationId = data.path("correlationId");
        if (!correlationId.isMissingNode() && !correlationId.isNull() && name(correlationId) == null) {
            return "its correlationId is not 1 to %d characters".formatted(EventNames.MAX_CHARS);
        }
        return unknownVersion(type(envelope), data);
    }

    /** Payloads only grow; one that broke with that would have to say so. Some types count their entity's changes there. */
    private static @Nullable String unknownVersion(String type, JsonNode data) {
        JsonNode version = data.path("version");
        boolean isOfTheEntity = Arrays.stream(EventType.values())
                .filter(known -> known.wireName().equals(type))
                .flatMap(known -> Arrays.stream(known.payload().getRecordComponents()))
                .anyMatch(component -> component.getName().equals("version"));
        if (isOfTheEntity
                || version.isMissingNode()
                || version.isNull()
                || version.asString("").equals("1")) {
            return null;
        }
        return "version %.40s of %s is unknown here; version 1 is known".formatted(version.toString(), type);
    }

    private static String type(JsonNode envelope) {
        String type = name(envelope.path("type"));
        if (type == null || type.equals(UNTYPED)) {
            JsonNode data = envelope.path("data");
            String inside = name(data.path("type"));
            inside = inside == null ? name(data.path("event_type")) : inside;
            type = inside == null ? type : inside;
        }
        return type == null ? EventNames.UNKNOWN : type;
    }

    private static @Nullable String name(JsonNode node) {
        return node.isString() ? EventNames.name(node.stringValue()) : null;
    }

    private static Instant time(JsonNode node, Instant otherwise) {
        try {
            Instant time = node.isString()
                    ? EventNames.time(OffsetDateTime.parse(node.stringValue()).toInstant())
                    : null;
            return time == null ? otherwise : time;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
