package dev.tidings.websocket.log;

import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The event log in PostgreSQL: appends here, reads in {@link LogReader}. */
@Component
class PostgresEventLog implements EventLog {

    /** Ids do not contain it, because ingest rejects control characters. */
    private static final String SEPARATOR = "\n";

    /** The identity of one event in one stream. */
    private record StreamEvent(StreamName stream, String source, String id) {}

    /** @param known whether the event was already in the log */
    private record Numbered(int position, long number, long timestamp, boolean known) {}

    private final JdbcClient jdbc;
    private final LogRetention retention;
    private final LogReader reader;
    private final Counter appended;
    private final Counter duplicates;

    PostgresEventLog(JdbcClient jdbc, LogRetention retention, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.reader = new LogReader(jdbc);
        this.appended = Counter.builder("tidings.log.appended")
                .description("Appended rows of the log, one per event and stream")
                .register(metrics);
        this.duplicates = Counter.builder("tidings.log.duplicates")
                .description("Appends of events that were already in the log")
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
                                "the database rejects the data: "
                                        + e.getMostSpecificCause().getMessage(),
                                e);
                    case CONCURRENT_WRITER, NO_PARTITION -> {
                        // After a conflict another writer has committed one of these events, and the next attempt finds
                        // it.
                        // There are at most as many conflicts as events, and one missing partition.
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
                event.recipients(),
                event.traceparent());
    }

    @Override
    public LogPage read(StreamName stream, long after, int limit) {
        return reader.read(stream, after, limit);
    }

    @Override
    public Map<StreamName, Long> tails(Collection<StreamName> streams) {
        return reader.tails(streams);
    }

    @Override
    public Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since) {
        return reader.numbersAt(streams, since);
    }
}
