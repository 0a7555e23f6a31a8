package dev.tidings.messaging.callback;

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
 * Reads what the sidecar posts for a bulk subscription of raw payloads, one entry after the other, so that a batch of large
 * records does not stand in memory at once. Nothing of a record travels as an HTTP header here: there is none that the sidecar
 * cannot hand over.
 */
public final class BulkCallback {
    private static final int MAX_METADATA_CHARS = 8_192;

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A Kafka record.
     *
     * @param entryId by which the answer names it
     * @param event its value, cut off one byte behind the limit; empty if it has none
     * @param key as text, see {@link RecordKey}; null if it has none that can be shown
     * @param forwardedFrom the topic where a sidecar gave it up; null if it did not come by way of a sidecar
     */
    public record Entry(
            @Nullable String entryId,
            byte[] event,
            @Nullable String key,
            @Nullable String forwardedFrom) {}

    private BulkCallback() {}

    /**
     * @param topic where the sidecar has the batch from
     * @param maxBytes of an event
     * @param each is called in the order of the records
     * @throws JacksonException if it is no batch
     */
    public static void read(InputStream body, String topic, int maxBytes, Consumer<Entry> each) {
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
        String origin = metadata.get("__topic");
        String forwardedFrom = topic.equals(origin) ? null : origin;
        String key = RecordKey.text(metadata.get(RecordKey.HEADER));
        // A sidecar that gives a record up writes the escaped key it has read.
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
