package dev.tidings.sidecar;

import dev.tidings.events.Timestamps;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes CloudEvents 1.0 in structured JSON, which Dapr passes on unchanged. */
final class CloudEventWriter {
    static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final JsonFactory JSON = new JsonFactory();

    private CloudEventWriter() {}

    static byte[] encode(OutgoingEvent event, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.payload().length() + 512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", "1.0");
            json.writeStringProperty("id", event.id().toString());
            json.writeStringProperty("source", source);
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("time", Timestamps.format(event.time()));
            if (event.traceparent() != null) {
                // Dapr overwrites traceparent unless the older name is present too.
                json.writeStringProperty("traceparent", event.traceparent());
                json.writeStringProperty("traceid", event.traceparent());
            }
            json.writeStringProperty("datacontenttype", "application/json");
            json.writeName("data");
            json.writeRawValue(event.payload());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
