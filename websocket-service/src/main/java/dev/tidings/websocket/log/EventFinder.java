package dev.tidings.websocket.log;

import dev.tidings.websocket.stream.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks up events in the log for operators (R-EV-5), within the retention. Thread-safe; blocks on the database. */
@Component
public class EventFinder {
    /** Maximum number of results. An event is in few streams, and another source may use the same id. */
    private static final int MAX_COPIES = 20;

    /**
     * One event in one stream.
     *
     * @param timestamp time of logging in epoch ms
     */
    public record StreamCopy(
            StreamName stream, long number, String source, String eventId, String eventType, long timestamp) {}

    private final JdbcClient jdbc;

    EventFinder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the event in each stream that contains it. */
    public List<StreamCopy> copies(String eventId) {
        return jdbc.sql("""
                        SELECT stream, number, source, event_id, event_type, timestamp
                        FROM business_event_log
                        WHERE event_id = :id
                        ORDER BY timestamp, stream
                        LIMIT :limit
                        """)
                .param("id", eventId)
                .param("limit", MAX_COPIES)
                .query(EventFinder::copy)
                .list();
    }

    /** Returns the newest events of a stream, newest first. */
    public List<StreamCopy> latest(StreamName stream, int limit) {
        return jdbc.sql("""
                        SELECT stream, number, source, event_id, event_type, timestamp
                        FROM business_event_log
                        WHERE stream = :stream
                        ORDER BY number DESC
                        LIMIT :limit
                        """)
                .param("stream", stream.value())
                .param("limit", limit)
                .query(EventFinder::copy)
                .list();
    }

    private static StreamCopy copy(ResultSet row, int n) throws SQLException {
        return new StreamCopy(
                new StreamName(row.getString("stream")),
                row.getLong("number"),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getLong("timestamp"));
    }
}
