package dev.tidings.websocket.log;

import dev.tidings.websocket.stream.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks events up in the log for an operator (R-EV-5), as long as retention keeps them. Blocks; any thread. */
@Component
public class EventFinder {
    /** An event goes to few streams; another service may use the same id. */
    private static final int MAX_COPIES = 20;

    /** @param timestamp when it was logged, epoch ms */
    public record StreamCopy(
            StreamName stream, long number, String source, String eventId, String eventType, long timestamp) {}

    private final JdbcClient jdbc;

    EventFinder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The streams that have the event, and where. */
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

    /** The newest events of a stream, newest first. */
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
