package dev.tidings.websocket.ingest;

import dev.tidings.events.UserId;
import dev.tidings.websocket.ingest.Reading.Deliverable;
import dev.tidings.websocket.ingest.Reading.NotPushed;
import dev.tidings.websocket.ingest.Reading.Rejected;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Decides what becomes of an event: a function of its bytes, its topic's route and the limits. */
@Component
class EventReader {
    /** Of an event type, in code points. */
    private static final int MAX_EVENT_TYPE = 128;

    /** Of a CloudEvent's id and source; an index entry holds both. */
    private static final int MAX_CLOUD_EVENT_ID = 256;

    private static final Logger log = LoggerFactory.getLogger(EventReader.class);

    private static final JsonFactory UNBOUNDED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Ends the reading of one event. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        final Reason reason;

        Refusal(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    private final IngestSettings limits;
    private final JsonMapper json;

    EventReader(IngestSettings limits) {
        this.limits = limits;
        this.json = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(limits.maxDepth())
                                .build())
                        .build())
                // Amounts keep their digits.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    Reading read(Route route, byte[] bytes) {
        JsonNode envelope = null;
        try {
            envelope = parse(bytes);
            return read(route, envelope, bytes);
        } catch (Refusal refusal) {
            JsonNode known = envelope == null ? beginningOf(bytes) : envelope;
            return new Rejected(new RejectedEvent(
                    route.topic(), text(known, "source"), text(known, "id"), refusal.reason, refusal.detail(), bytes));
        } catch (RuntimeException e) {
            // A bug here must not stop the topic's partition for ever.
            log.error("An event of {} cannot be read because of a bug and is quarantined", route.topic(), e);
            return new Rejected(
                    new RejectedEvent(route.topic(), null, null, Reason.UNREADABLE, String.valueOf(e), bytes));
        }
    }

    private JsonNode parse(byte[] bytes) throws Refusal {
        if (bytes.length > limits.maxEventBytes()) {
            throw new Refusal(
                    Reason.TOO_LARGE,
                    "it has %d bytes, at most %d are taken".formatted(bytes.length, limits.maxEventBytes()));
        }
        try {
            return json.readTree(bytes);
        } catch (StreamConstraintsException e) {
            // The parser bounds the depth, which is a setting here, and the length of names and numbers.
            boolean isDepth = e.getOriginalMessage().contains("depth");
            throw new Refusal(isDepth ? Reason.TOO_DEEP : Reason.TOO_LARGE, e.getOriginalMessage());
        } catch (JacksonException e) {
            throw new Refusal(Reason.NOT_JSON, e.getOriginalMessage());
        } catch (NumberFormatException e) {
            // Jackson lets it through for an exponent that no BigDecimal has.
            throw new Refusal(Reason.NUMBER_OUT_OF_RANGE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The texts at the top of an envelope that was refused unread, as far as it can be read, so that an operator sees which
     * event it was. Values inside are passed over, however large or deep.
     */
    private ObjectNode beginningOf(byte[] bytes) {
        ObjectNode texts = json.createObjectNode();
        try (JsonParser parser = UNBOUNDED.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return texts;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && MAX_CLOUD_EVENT_ID >= parser.getStringLength()) {
                    texts.put(name, parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // What was read before the fault is all there is to know.
        }
        return texts;
    }

    private Reading read(Route route, JsonNode envelope, byte[] bytes) throws Refusal {
        String source = cloudEventId(envelope, "source");
        String id = cloudEventId(envelope, "id");
        if (!route.mayPublish(source)) {
            throw new Refusal(Reason.SOURCE_NOT_ALLOWED, "publishers of this topic are " + route.publishers());
        }
        JsonNode data = envelope.path("data");
        if (!data.isObject()) {
            throw new Refusal(
                    Reason.FOREIGN_SHAPE,
                    "data is %s, not a JSON object; publish with content type application/json"
                            .formatted(data.isMissingNode() ? "missing" : data.getNodeType()));
        }
        refuseNul(data);
        refuseUnstorable(data);
        String type = eventType(route, envelope, data);
        if (!route.pushes(type)) {
            return new NotPushed(type);
        }
        Set<String> recipients = recipients(route, data);
        NewEvent event = new NewEvent(
                source,
                id,
                type,
                route.messageTypeOf(type),
                json.writeValueAsString(data),
                streams(route, type, recipients),
                recipients);
        return new Deliverable(event, time(envelope), bytes);
    }

    private static String cloudEventId(JsonNode envelope, String field) throws Refusal {
        String value = text(envelope, field);
        if (value == null) {
            throw new Refusal(Reason.NOT_A_CLOUD_EVENT, "it has no " + field);
        }
        if (!isName(value, MAX_CLOUD_EVENT_ID)) {
            throw new Refusal(
                    Reason.NOT_A_CLOUD_EVENT,
                    "its %s is not 1 to %d characters without control characters".formatted(field, MAX_CLOUD_EVENT_ID));
        }
        return value;
    }

    private static @Nullable String text(JsonNode envelope, String field) {
        JsonNode node = envelope.path(field);
        return node.isString() ? node.stringValue() : null;
    }

    private static String eventType(Route route, JsonNode envelope, JsonNode data) throws Refusal {
        String type = null;
        for (JsonPointer pointer : route.eventType()) {
            if (data.at(pointer).isString()) {
                type = data.at(pointer).stringValue();
                break;
            }
        }
        if (type == null) {
            type = text(envelope, "type");
        }
        if (type == null) {
            type = route.topic();
        }
        if (!isName(type, MAX_EVENT_TYPE)) {
            throw new Refusal(Reason.INVALID_ID, "its event type is not 1 to " + MAX_EVENT_TYPE + " plain characters");
        }
        return type;
    }

    private Set<String> recipients(Route route, JsonNode data) throws Refusal {
        Set<String> recipients = new LinkedHashSet<>();
        for (JsonPointer pointer : route.recipients()) {
            JsonNode found = data.at(pointer);
            for (JsonNode id : found.isArray() ? found.values() : Set.of(found)) {
                if (id.isMissingNode() || id.isNull()) {
                    continue;
                }
                String complaint = id.isString() ? UserId.complaint(id.stringValue()) : "is no string";
                if (!complaint.isEmpty()) {
                    throw new Refusal(Reason.INVALID_ID, "%s is not a user id: it %s".formatted(pointer, complaint));
                }
                recipients.add(id.stringValue());
            }
        }
        if (recipients.size() > limits.maxRecipients()) {
            throw new Refusal(
                    Reason.TOO_LARGE,
                    "it names %d users, at most %d are taken".formatted(recipients.size(), limits.maxRecipients()));
        }
        return recipients;
    }

    private static TreeSet<StreamName> streams(Route route, String type, Set<String> recipients) throws Refusal {
        TreeSet<StreamName> streams = new TreeSet<>();
        recipients.forEach(id -> streams.add(StreamName.ofUser(id)));
        if (recipients.isEmpty()) {
            String role = route.roleAddresses().get(type);
            if (role == null) {
                throw new Refusal(
                        Reason.NO_RECIPIENT,
                        "none of %s names a user, and %s is addressed to no role".formatted(route.recipients(), type));
            }
            streams.add(StreamName.ofRole(role));
        }
        if (route.alsoRole() != null) {
            streams.add(StreamName.ofRole(route.alsoRole()));
        }
        return streams;
    }

    private static boolean isName(String text, int maxLength) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= maxLength
                && text.codePoints().noneMatch(EventReader::isUnprintable);
    }

    private static boolean isUnprintable(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    private void refuseUnstorable(JsonNode data) throws Refusal {
        if (!StoredSize.hasStorableNumbers(data)) {
            throw new Refusal(
                    Reason.NUMBER_OUT_OF_RANGE,
                    "a number has more than 131072 digits before or 16383 after the decimal point");
        }
        long size = StoredSize.of(data);
        if (size > limits.maxEventBytes()) {
            throw new Refusal(
                    Reason.TOO_LARGE,
                    "its data has %d bytes with all digits written out, at most %d are taken"
                            .formatted(size, limits.maxEventBytes()));
        }
    }

    private static void refuseNul(JsonNode node) throws Refusal {
        if (node.isString() && node.stringValue().indexOf('\0') >= 0) {
            throw new Refusal(Reason.NUL_CHARACTER, "a text holds the character NUL");
        }
        for (String name : node.propertyNames()) {
            if (name.indexOf('\0') >= 0) {
                throw new Refusal(Reason.NUL_CHARACTER, "a field's name holds the character NUL");
            }
        }
        for (JsonNode child : node.values()) {
            refuseNul(child);
        }
    }

    private static @Nullable Instant time(JsonNode envelope) {
        String time = text(envelope, "time");
        try {
            return time == null ? null : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
