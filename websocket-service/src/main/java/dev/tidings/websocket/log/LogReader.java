package dev.tidings.websocket.log;

import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import dev.tidings.websocket.stream.StreamStart;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reads of the event log, one statement each. Thread-safe; blocks on the database. */
final class LogReader {
    /** Larger gaps are reported without event types, because counting them would read as many rows. */
    private static final int MAX_TYPED_GAP = 100_000;

    private final JdbcClient jdbc;

    LogReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** See {@link EventLog#read}. */
    LogPage read(StreamName stream, long after, int limit) {
        if (limit < 1 || limit > EventLog.MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + EventLog.MAX_PAGE + " events, not " + limit);
        }
        return jdbc.sql("""
                        WITH counted AS MATERIALIZED (
                            SELECT number, source, event_id, event_type, message_type, event_data::text AS event_data,
                                   timestamp, recipients
                            FROM business_event_log
                            WHERE stream = :stream AND number > :after
                            ORDER BY number
                            LIMIT :limit
                        ), sized AS (
                            SELECT c.*,
                                   sum(octet_length(event_data)) OVER (ORDER BY number) - octet_length(event_data)
                                       AS bytes_before
                            FROM counted c
                        ), page AS MATERIALIZED (
                            SELECT * FROM sized WHERE bytes_before <= :maxBytes
                        ), tail AS (
                            SELECT last_number FROM stream WHERE name = :stream
                        ), hole AS (
                            SELECT coalesce(min(p.number) - 1, t.last_number) AS last_gone,
                                   coalesce(min(p.timestamp), 9223372036854775807) AS kept_since
                            FROM tail t LEFT JOIN page p ON TRUE
                            GROUP BY t.last_number
                        ), gone AS (
                            SELECT k.event_type, count(*) AS events
                            FROM hole h JOIN ingested_event k
                                ON k.stream = :stream
                               AND k.timestamp <= h.kept_since AND k.number > :after AND k.number <= h.last_gone
                            WHERE h.last_gone - :after BETWEEN 1 AND :maxTyped
                            GROUP BY k.event_type
                        )
                        SELECT t.last_number, h.last_gone, g.types, g.counts, p.*
                        FROM tail t
                            CROSS JOIN hole h
                            CROSS JOIN (SELECT array_agg(event_type) AS types, array_agg(events) AS counts FROM gone) g
                            LEFT JOIN page p ON TRUE
                        ORDER BY p.number
                        """)
                .param("stream", stream.value())
                .param("after", after)
                .param("limit", limit)
                .param("maxBytes", EventLog.MAX_PAGE_BYTES)
                .param("maxTyped", MAX_TYPED_GAP)
                .query((ResultSetExtractor<LogPage>) rows -> page(stream, after, rows));
    }

    private static LogPage page(StreamName stream, long after, ResultSet rows) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        long tail = 0;
        Gap gap = null;
        while (rows.next()) {
            tail = rows.getLong("last_number");
            long lastGone = rows.getLong("last_gone");
            if (after < lastGone && gap == null) {
                gap = new Gap(stream, after + 1, lastGone, types(rows.getArray("types"), rows.getArray("counts")));
            }
            long number = rows.getLong("number");
            // Retention deletes prefixes only. If rows are missing in between, the next page reports that gap.
            if (rows.wasNull()
                    || !events.isEmpty() && number != events.getLast().number() + 1) {
                break;
            }
            events.add(new LoggedEvent(
                    stream,
                    number,
                    rows.getString("source"),
                    rows.getString("event_id"),
                    rows.getString("event_type"),
                    rows.getString("message_type"),
                    rows.getString("event_data"),
                    rows.getLong("timestamp"),
                    Set.copyOf(List.of((String[]) rows.getArray("recipients").getArray()))));
        }
        return new LogPage(stream, events, tail, StreamStart.isForeign(after, tail) ? Gap.unknown(stream) : gap);
    }

    private static Map<String, Long> types(@Nullable Array types, @Nullable Array counts) throws SQLException {
        if (types == null || counts == null) {
            return Map.of();
        }
        String[] names = (String[]) types.getArray();
        Long[] events = (Long[]) counts.getArray();
        Map<String, Long> byType = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            byType.put(names[i], events[i]);
        }
        return byType;
    }

    /** See {@link EventLog#tails}. */
    Map<StreamName, Long> tails(Collection<StreamName> streams) {
        return numbers(streams, """
                SELECT wanted.name, coalesce(s.last_number, 0) AS number
                FROM unnest(:names::text[]) AS wanted (name) LEFT JOIN stream s USING (name)
                """, 0);
    }

    /** See {@link EventLog#numbersAt}. */
    Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since) {
        return numbers(streams, """
                SELECT wanted.name, coalesce(later.number - 1, s.last_number, 0) AS number
                FROM unnest(:names::text[]) AS wanted (name)
                    LEFT JOIN stream s USING (name)
                    LEFT JOIN LATERAL (
                        SELECT k.number
                        FROM ingested_event k
                        WHERE k.stream = wanted.name AND k.timestamp > :since
                        ORDER BY k.timestamp, k.number
                        LIMIT 1
                    ) later ON TRUE
                """, since);
    }

    private Map<StreamName, Long> numbers(Collection<StreamName> streams, String sql, long since) {
        if (streams.isEmpty()) {
            return Map.of();
        }
        Map<StreamName, Long> numbers = HashMap.newHashMap(streams.size());
        jdbc.sql(sql)
                .param("names", streams.stream().map(StreamName::value).toArray(String[]::new))
                .param("since", since)
                .query(row -> {
                    numbers.put(new StreamName(row.getString("name")), row.getLong("number"));
                });
        return numbers;
    }
}
