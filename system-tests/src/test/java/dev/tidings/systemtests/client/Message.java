package dev.tidings.systemtests.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message that a server sent. */
public record Message(JsonNode json) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Message parse(String text) {
        return new Message(JSON.readTree(text));
    }

    public String type() {
        return text("type");
    }

    /** Whether it carries an event, live or replayed. */
    public boolean isEvent() {
        return json.has("event");
    }

    public String id() {
        return text("id");
    }

    /** The identity of an event: its source and id. */
    public String key() {
        return text("source") + " " + id();
    }

    public String cursor() {
        return text("cursor");
    }

    public boolean hasCursor() {
        return json.hasNonNull("cursor");
    }

    public JsonNode event() {
        return json.path("event");
    }

    public String title() {
        return event().path("title").asString("");
    }

    /** A field of the message; the empty text if there is none. */
    public String text(String field) {
        return json.path(field).asString("");
    }

    public long number(String field) {
        return json.path(field).asLong(-1);
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
