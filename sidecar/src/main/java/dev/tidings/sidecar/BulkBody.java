package dev.tidings.sidecar;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body of a bulk delivery entry by entry, so that a batch of large records does not stand in memory at once. Key and
 * topic of a record are fields of its entry, not HTTP headers, so the sidecar can deliver a record with any key.
 */
final class BulkBody {
    private static final int MAX_METADATA_CHARS = 8_192;

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A Kafka record.
     *
     * @param entryId the name of the entry in the answer
     * @param event the record's value, cut off one byte behind the limit; empty if it has none
     * @param key the key as text, see {@link RecordKey}; null if it has none that can be stored
     * @param forwardedFrom the topic from which a sidecar moved the record; null if it was published to this topic directly
     */
    record Entry(
            @Nullable String entryId,
            byte[] event,
            @Nullable String key,
            @Nullable String forwardedFrom) {}

    private BulkBody() {}

    /**
     * Reads all entries.
     *
     * @param topic the topic of the batch
     * @param maxBytes the limit of an event's size
     * @param each is called in the order of the records
     * @throws JacksonException if the body is not JSON
     */
    static void read(InputStream body, String topic, int maxBytes, Consumer<Entry> each) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean entries = "entries".equals(json.currentName());
                if (json.nextToken() == JsonToken.START_ARRAY && entries) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        each.accept(entry(json, topic, maxBytes));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static Entry entry(JsonParser json, String topic, int maxBytes) {
        String entryId = null;
        byte[] event = new byte[0];
        Map<String, String> metadata = Map.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = String.valueOf(json.currentName());
            JsonToken value = json.nextToken();
            switch (field) {
                case "entryId" -> entryId = value == JsonToken.VALUE_STRING ? json.getString() : null;
                case "event" -> event = event(json, value, maxBytes);
                case "metadata" -> metadata = metadata(json, value);
                default -> json.skipChildren();
            }
        }
        String origin = metadata.get(RecordKey.TOPIC);
        String forwardedFrom = topic.equals(origin) ? null : origin;
        String key = RecordKey.text(metadata.get(RecordKey.HEADER));
        // A sidecar that moves a record to the dead-letter topic writes the escaped key as its key, which is escaped
        // again.
        return new Entry(entryId, event, forwardedFrom == null ? key : RecordKey.text(key), forwardedFrom);
    }

    private static byte[] event(JsonParser json, JsonToken value, int maxBytes) {
        if (value == JsonToken.VALUE_NULL) {
            return new byte[0];
        }
        byte[] bytes;
        if (value == JsonToken.VALUE_STRING) {
            bytes = json.getBinaryValue();
        } else {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), copy)) {
                out.copyCurrentStructure(json);
            }
            bytes = copy.toByteArray();
        }
        return bytes.length > maxBytes ? Arrays.copyOf(bytes, maxBytes + 1) : bytes;
    }

    private static Map<String, String> metadata(JsonParser json, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Map.of();
        }
        Map<String, String> metadata = new HashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = String.valueOf(json.currentName());
            if (json.nextToken() == JsonToken.VALUE_STRING
                    && name.startsWith("__")
                    && json.getStringLength() <= MAX_METADATA_CHARS) {
                metadata.put(name, json.getString());
            } else {
                json.skipChildren();
            }
        }
        return metadata;
    }
}
