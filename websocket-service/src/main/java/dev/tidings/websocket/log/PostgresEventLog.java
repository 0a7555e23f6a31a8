package dev.tidings.websocket.log;

import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PostgresEventLog implements EventLog {
    /** Larger gaps are told without their types, since counting them would read as many rows. */
    private static final int MAX_TYPED_GAP = 100_000;

    /** No id holds it: ingest refuses control characters. */
    private static final String SEPARATOR = "\n";

    /** One event in one stream, and its identity. */
    private record StreamEvent(StreamName stream, String source, String id) {}

    /** @param known whether it was in the log already */
    private record Numbered(int position, long number, long timestamp, boolean known) {}

    private final JdbcClient jdbc;
    private final LogRetention retention;
    private final Counter appended;
    private final Counter duplicates;

    PostgresEventLog(JdbcClient jdbc, LogRetention retention, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.appended = Counter.builder("tidings.log.appended")
                .description("Rows of the log, one per event and stream")
                .register(metrics);
        this.duplicates = Counter.builder("tidings.log.duplicates")
                .description("Appends of events that were in the log already")
                .register(metrics);
    }

    @Override
    public long epoch() {
        return jdbc.sql("SELECT epoch FROM log_epoch").query(Long.class).single();
    }

    @Override
    public List<LoggedEvent> append(List<NewEvent> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        Map<StreamEvent, NewEvent> entries = new LinkedHashMap<>();
        for (NewEvent event : batch) {
            for (StreamName stream : event.streams()) {
                entries.putIfAbsent(new StreamEvent(stream, event.source(), event.id()), event);
            }
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return append(entries);
            } catch (DataAccessException e) {
                switch (AppendError.of(e)) {
                    case POISON ->
                        throw new PoisonEventException(
                                "the database refuses the data: "
                                        + e.getMostSpecificCause().getMessage(),
                                e);
                    case CONCURRENT_WRITER, NO_PARTITION -> {
                        // A conflict means that another writer has committed one of these events, so the next attempt
                        // knows it:
                        // there are at most as many conflicts as events, and one more for a missing partition.
                        if (attempt > batch.size() + 1) {
                            throw e;
                        }
                        if (AppendError.of(e) == AppendError.NO_PARTITION) {
                            retention.createPartitions();
                        }
                    }
                    case OTHER -> throw e;
                }
            }
        }
    }

    private List<LoggedEvent> append(Map<StreamEvent, NewEvent> entries) {
        List<StreamEvent> keys = List.copyOf(entries.keySet());
        List<NewEvent> events = List.copyOf(entries.values());
        List<Numbered> numbered = jdbc.sql("""
                        WITH incoming AS MATERIALIZED (
                            SELECT *
                            FROM unnest(:streams::text[], :sources::text[], :ids::text[], :eventTypes::text[],
                                        :messageTypes::text[], :data::text[], :recipients::text[]) WITH ORDINALITY
                                AS i (stream, source, event_id, event_type, message_type, data, recipients, position)
                        ), known AS MATERIALIZED (
                            SELECT i.position, k.number, k.timestamp
                            FROM incoming i JOIN ingested_event k USING (stream, source, event_id)
                        ), fresh AS MATERIALIZED (
                            SELECT i.*,
                                   row_number() OVER (PARTITION BY i.stream ORDER BY i.position) AS place,
                                   count(*) OVER (PARTITION BY i.stream) AS places
                            FROM incoming i
                            WHERE i.position NOT IN (SELECT position FROM known)
                        ), counter AS (
                            INSERT INTO stream AS s (name, last_number, last_timestamp)
                            SELECT stream, count(*), floor(extract(epoch FROM clock_timestamp()) * 1000)
                            FROM fresh
                            GROUP BY stream
                            ORDER BY stream
                            ON CONFLICT (name) DO UPDATE
                                SET last_number = s.last_number + excluded.last_number,
                                    last_timestamp = greatest(s.last_timestamp,
                                                              floor(extract(epoch FROM clock_timestamp()) * 1000))
                            RETURNING name, last_number, last_timestamp
                        ), numbered AS MATERIALIZED (
                            SELECT f.*, c.last_number - f.places + f.place AS number, c.last_timestamp AS timestamp
                            FROM fresh f JOIN counter c ON c.name = f.stream
                        ), remembered AS (
                            INSERT INTO ingested_event (stream, source, event_id, number, timestamp, event_type)
                            SELECT stream, source, event_id, number, timestamp, event_type
                            FROM numbered
                        ), logged AS (
                            INSERT INTO business_event_log (event_type, event_data, timestamp, user_id, role, source,
                                                            event_id, stream, number, message_type, recipients)
                            SELECT event_type, data::jsonb, timestamp,
                                   CASE WHEN stream LIKE 'user:%' THEN substr(stream, 6) END,
                                   CASE WHEN stream LIKE 'role:%' THEN substr(stream, 6) END,
                                   source, event_id, stream, number, message_type,
                                   string_to_array(recipients, :separator)
                            FROM numbered
                        )
                        SELECT position, number, timestamp, TRUE FROM known
                        UNION ALL
                        SELECT position, number, timestamp, FALSE FROM numbered
                        """)
                .param("streams", column(keys, key -> key.stream().value()))
                .param("sources", column(keys, StreamEvent::source))
                .param("ids", column(keys, StreamEvent::id))
                .param("eventTypes", column(events, NewEvent::eventType))
                .param("messageTypes", column(events, NewEvent::messageType))
                .param("data", column(events, NewEvent::data))
                .param("recipients", column(events, event -> String.join(SEPARATOR, event.recipients())))
                .param("separator", SEPARATOR)
                .query((row, i) -> new Numbered(row.getInt(1), row.getLong(2), row.getLong(3), row.getBoolean(4)))
                .list();
        long known = numbered.stream().filter(Numbered::known).count();
        duplicates.increment(known);
        appended.increment(numbered.size() - known);
        return numbered.stream()
                .map(row -> {
                    int at = row.position() - 1;
                    return logged(keys.get(at).stream(), events.get(at), row);
                })
                .sorted(Comparator.comparing(LoggedEvent::stream).thenComparing(LoggedEvent::number))
                .toList();
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static LoggedEvent logged(StreamName stream, NewEvent event, Numbered numbered) {
        return new LoggedEvent(
                stream,
                numbered.number(),
                event.source(),
                event.id(),
                event.eventType(),
                event.messageType(),
                event.data(),
                numbered.timestamp(),
                event.recipients());
    }

    @Override
    public LogPage read(StreamName stream, long after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " events, not " + limit);
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
                .param("maxBytes", MAX_PAGE_BYTES)
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
            // Retention takes whole prefixes only. Should rows be missing inside, the next page tells that gap.
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
        return new LogPage(stream, events, tail, after > tail ? Gap.unknown(stream) : gap);
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

    @Override
    public Map<StreamName, Long> tails(Collection<StreamName> streams) {
        return numbers(streams, """
                SELECT wanted.name, coalesce(s.last_number, 0) AS number
                FROM unnest(:names::text[]) AS wanted (name) LEFT JOIN stream s USING (name)
                """, 0);
    }

    @Override
    public Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since) {
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
