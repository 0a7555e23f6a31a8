package dev.tidings.websocket.ingest;

import dev.tidings.edge.masking.FieldMask;
import dev.tidings.events.Timestamps;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The events that could not be delivered, for operators; kept as long as the ids of delivered ones. */
@Component
public class RejectedEvents implements Quarantine {
    private static final int MAX_PAYLOAD_KEPT = 16 * 1024;
    private static final int MAX_TEXT_KEPT = 512;
    private static final int MAX_OF_EVENT = 10;

    /**
     * One quarantined event, as operators see it.
     *
     * @param payload the beginning of the event, as UTF-8, without the values of masked fields
     * @param size bytes of the whole event
     */
    public record Item(
            long id,
            String rejectedAt,
            String topic,
            @Nullable String source,
            @Nullable String eventId,
            String reason,
            String detail,
            int size,
            String payload) {}

    private final JdbcClient jdbc;
    private final FieldMask mask;

    RejectedEvents(JdbcClient jdbc, FieldMask mask) {
        this.jdbc = jdbc;
        this.mask = mask;
    }

    @Override
    public void add(List<RejectedEvent> events) {
        jdbc.sql("""
                        INSERT INTO rejected_event (topic, source, event_id, reason, detail, payload, size)
                        SELECT *
                        FROM unnest(:topics::text[], :sources::text[], :ids::text[], :reasons::text[], :details::text[],
                                    :payloads::bytea[], :sizes::int[])
                        """)
                .param("topics", column(events, RejectedEvent::topic))
                .param("sources", column(events, RejectedEvent::source))
                .param("ids", column(events, RejectedEvent::eventId))
                .param("reasons", column(events, event -> event.reason().name()))
                .param("details", column(events, RejectedEvent::detail))
                .param(
                        "payloads",
                        events.stream().map(RejectedEvents::beginning).toArray(byte[][]::new))
                .param(
                        "sizes",
                        events.stream().map(event -> event.bytes().length).toArray(Integer[]::new))
                .update();
    }

    /**
     * The newest events with an id below that one, newest first.
     *
     * @param topic topic of the events; null for all
     * @param reason reason of the rejections; null for all
     */
    public List<Item> before(long id, @Nullable String topic, @Nullable String reason, int limit) {
        Map<String, Object> parameters = new HashMap<>(Map.of("id", id, "limit", limit));
        if (topic != null) {
            parameters.put("topic", topic);
        }
        if (reason != null) {
            parameters.put("reason", reason);
        }
        return jdbc.sql(pageSql(topic, reason))
                .params(parameters)
                .query(this::item)
                .list();
    }

    /** Only the conditions that are set, so that the planner sees which index fits. */
    static String pageSql(@Nullable String topic, @Nullable String reason) {
        return """
                SELECT id, rejected_at, topic, source, event_id, reason, detail, size, payload
                FROM rejected_event
                WHERE id < :id%s%s
                ORDER BY id DESC
                LIMIT :limit
                """.formatted(topic == null ? "" : " AND topic = :topic", reason == null ? "" : " AND reason = :reason");
    }

    /** Those with that event id, newest first. */
    public List<Item> ofEvent(String eventId) {
        return jdbc.sql("""
                        SELECT id, rejected_at, topic, source, event_id, reason, detail, size, payload
                        FROM rejected_event
                        WHERE event_id = :id
                        ORDER BY id DESC
                        LIMIT :limit
                        """)
                .param("id", eventId)
                .param("limit", MAX_OF_EVENT)
                .query(this::item)
                .list();
    }

    private Item item(ResultSet row, int n) throws SQLException {
        return new Item(
                row.getLong("id"),
                Timestamps.format(
                        row.getObject("rejected_at", OffsetDateTime.class).toInstant()),
                row.getString("topic"),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("reason"),
                row.getString("detail"),
                row.getInt("size"),
                mask.text(new String(row.getBytes("payload"), StandardCharsets.UTF_8)));
    }

    private static @Nullable String[] column(
            List<RejectedEvent> events, Function<RejectedEvent, @Nullable String> value) {
        @Nullable String[] column = new String[events.size()];
        Arrays.setAll(column, i -> storable(value.apply(events.get(i))));
        return column;
    }

    /** These texts come from outside: cut, and without what the database cannot hold. */
    private static @Nullable String storable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String cut = text.substring(0, Math.min(text.length(), MAX_TEXT_KEPT));
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
    }

    private static byte[] beginning(RejectedEvent event) {
        return Arrays.copyOf(event.bytes(), Math.min(event.bytes().length, MAX_PAYLOAD_KEPT));
    }
}
