package dev.tidings.sidecar;

import dev.tidings.sidecar.ReceivedEvent.RecordFault;
import dev.tidings.sidecar.ReceivedEvent.RecordFault.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads Kafka records as CloudEvents. Pure functions, apart from a log line if reading fails because of a bug. */
public final class CloudEventReader {
    /** The largest record that is read: twice the size that a topic of events accepts. */
    public static final int MAX_BYTES = 2 * 1024 * 1024;

    /** The deepest nesting of objects and lists that is read. */
    private static final int MAX_DEPTH = 500;

    /** Dapr's type for events whose publisher gave none. */
    private static final String UNTYPED = "com.dapr.event.sent";

    private static final Logger log = LoggerFactory.getLogger(CloudEventReader.class);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            // Amounts keep their digits.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonFactory UNBOUNDED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private CloudEventReader() {}

    /**
     * Reads a record of any content.
     *
     * @param key the partition key as text
     * @param forwardedFrom the topic from which a sidecar moved the event; null if it did not
     * @param now the time of arrival
     */
    public static ReceivedEvent read(
            String topic, byte[] bytes, @Nullable String key, @Nullable String forwardedFrom, Instant now) {
        JsonNode envelope = JSON.missingNode();
        RecordFault fault;
        try {
            if (bytes.length > MAX_BYTES) {
                fault = new RecordFault(Kind.TOO_LARGE, "it has more than %d bytes".formatted(MAX_BYTES));
            } else {
                envelope = JSON.readTree(bytes);
                fault = faultOf(envelope);
            }
        } catch (StreamConstraintsException e) {
            // The parser limits depth, and the length of names and numbers.
            boolean isDepth = e.getOriginalMessage().contains("depth");
            fault = new RecordFault(
                    isDepth ? Kind.TOO_DEEP : Kind.TOO_LARGE, "it exceeds a limit of JSON: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            fault = new RecordFault(Kind.NOT_JSON, "it is not JSON: " + e.getOriginalMessage());
        } catch (NumberFormatException e) {
            // Jackson throws it for an exponent that no BigDecimal has.
            fault = new RecordFault(
                    Kind.NUMBER_OUT_OF_RANGE, "it has a number that is out of range: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            log.error("A record of {} cannot be read because of a bug", topic, e);
            fault = new RecordFault(Kind.UNREADABLE, "it cannot be read: " + e);
        }
        String id = EventNames.name(envelope.path("id"));
        String source = EventNames.name(envelope.path("source"));
        return new ReceivedEvent(
                topic,
                forwardedFrom,
                key,
                source == null ? EventNames.UNKNOWN : source,
                id == null ? EventNames.fingerprint(bytes) : id,
                id != null,
                type(envelope),
                time(envelope.path("time")),
                now,
                EventNames.name(envelope.path("traceparent")),
                EventNames.name(envelope.path("data").path("correlationId")),
                envelope,
                bytes,
                fault);
    }

    /** Reads a record's type and nothing behind it; null if it has none or is no JSON up to there. */
    static @Nullable String typeOf(byte[] bytes) {
        try (JsonParser parser = JSON.tokenStreamFactory().createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isType = "type".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && isType) {
                    return EventNames.name(parser.getString());
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            // The whole record is read, which tells what is wrong with it.
        }
        return null;
    }

    /**
     * Reads the short texts at the top of a record that is not JSON or exceeds a limit, as far as that is possible. They are claims:
     * good for an operator who looks for the event, not for its identity.
     */
    public static ObjectNode beginningOf(byte[] bytes) {
        ObjectNode texts = JSON.createObjectNode();
        try (JsonParser parser = UNBOUNDED.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return texts;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && parser.getStringLength() <= EventNames.MAX_CHARS) {
                    texts.put(name, parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // The texts before the fault are the result.
        }
        return texts;
    }

    private static @Nullable RecordFault faultOf(JsonNode envelope) {
        if (!envelope.isObject()) {
            return new RecordFault(Kind.NOT_A_CLOUD_EVENT, "it is not a JSON object");
        }
        for (String required : new String[] {"id", "source"}) {
            if (EventNames.name(envelope.path(required)) == null) {
                return new RecordFault(Kind.NOT_A_CLOUD_EVENT, notAName(required));
            }
        }
        return null;
    }

    /** Returns the detail of a fault of an attribute. */
    public static String notAName(String attribute) {
        return "it is not a CloudEvent: its %s is not a text of 1 to %d characters without control characters"
                .formatted(attribute, EventNames.MAX_CHARS);
    }

    private static String type(JsonNode envelope) {
        String type = EventNames.name(envelope.path("type"));
        if (type == null || type.equals(UNTYPED)) {
            JsonNode data = envelope.path("data");
            String inside = EventNames.name(data.path("type"));
            inside = inside == null ? EventNames.name(data.path("event_type")) : inside;
            type = inside == null ? type : inside;
        }
        return type == null ? EventNames.UNKNOWN : type;
    }

    private static @Nullable Instant time(JsonNode node) {
        try {
            return node.isString()
                    ? EventNames.time(OffsetDateTime.parse(node.stringValue()).toInstant())
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
