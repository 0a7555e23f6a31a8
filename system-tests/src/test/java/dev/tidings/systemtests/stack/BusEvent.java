package dev.tidings.systemtests.stack;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as any service may put it on the bus. Values never change: each {@code with} method returns a new event.
 *
 * @param key of the partition
 */
public record BusEvent(String topic, String source, String id, String type, String key, ObjectNode data) {

    /** Creates the event that the backend publishes for a new task of that user. */
    public static BusEvent task(String userId, String title) {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        data.put("event_type", "task.created")
                .put("user_id", userId)
                .put("task_id", UUID.randomUUID().toString())
                .put("title", title)
                .put("status", "open")
                .put("version", 1)
                .put("timestamp", Instant.now().toString());
        return new BusEvent("task-updates", "backend", newId(), "task.created", userId, data);
    }

    /** Of the tutoring platform, addressed by whatever ids the caller puts into the data. */
    public static BusEvent business(String type, String key) {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        data.put("type", type).put("timestamp", Instant.now().toEpochMilli());
        return new BusEvent("business-events", "backend", newId(), type, key, data);
    }

    /**
     * As a relay published it.
     *
     * @param row JSON array of the outbox' topic, id, type, key and payload
     */
    public static BusEvent published(String source, String row) {
        JsonNode columns = JsonMapper.shared().readTree(row);
        return new BusEvent(
                columns.path(0).asString(),
                source,
                columns.path(1).asString(),
                columns.path(2).asString(),
                columns.path(3).asString(),
                (ObjectNode) JsonMapper.shared().readTree(columns.path(4).asString()));
    }

    public BusEvent onTopic(String other) {
        return new BusEvent(other, source, id, type, key, data);
    }

    public BusEvent withSource(String other) {
        return new BusEvent(topic, other, id, type, key, data);
    }

    public BusEvent withId(String other) {
        return new BusEvent(topic, source, other, type, key, data);
    }

    public BusEvent withKey(String other) {
        return new BusEvent(topic, source, id, type, other, data);
    }

    public BusEvent with(String field, String value) {
        return new BusEvent(topic, source, id, type, key, data.deepCopy().put(field, value));
    }

    /** The identity of the event in the ledger of a client. */
    public String ledgerKey() {
        return source + " " + id;
    }

    ObjectNode cloudEvent() {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("datacontenttype", "application/json");
        event.set("data", data);
        return event;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
