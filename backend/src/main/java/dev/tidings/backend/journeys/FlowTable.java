package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Flow.FlowEvent;
import dev.tidings.backend.requests.PathId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what an id names, and the events that belong to it. Safe for any thread. */
@Repository
class FlowTable {
    /** Maximum number of events of a flow: the newest ones. */
    static final int MAX_EVENTS = 20;

    /** Events of this age have come to the inbox or the audit log, if they are published. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final OutboxTable outboxes;

    FlowTable(JdbcClient jdbc, OutboxTable outboxes) {
        this.jdbc = jdbc;
        this.outboxes = outboxes;
    }

    private record Subject(
            String kind,
            UUID id,
            String owner,
            @Nullable String otherUser,
            String state,
            @Nullable String waitsFor) {}

    /** Returns the flow of a payment, purchase, allocation, session, order, task, notification or correlation id. */
    Optional<Flow> find(String id) {
        Optional<Subject> subject = PathId.of(id).flatMap(this::subject);
        if (subject.isPresent()) {
            Subject found = subject.get();
            return Optional.of(new Flow(
                    found.kind(),
                    found.id().toString(),
                    found.owner(),
                    found.state(),
                    found.waitsFor(),
                    events(found.id().toString(), found)));
        }
        List<FlowEvent> events = events(id, null);
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(new Flow("correlation", id, keyOf(events.getFirst()), "", null, events));
    }

    /** Returns whether anything is known of a user. */
    boolean knowsUser(String user) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM audit_log WHERE user_id = :user)
                            OR EXISTS (SELECT FROM processed_events WHERE event_key = :user)
                            OR EXISTS (SELECT FROM task WHERE user_id = :user)
                            OR EXISTS (SELECT FROM orders WHERE buyer_id = :user)
                            OR EXISTS (SELECT FROM payments WHERE student_id = :user)
                            OR EXISTS (SELECT FROM trainers WHERE id = :user)
                        """).param("user", user).query(Boolean.class).single();
    }

    private Optional<Subject> subject(UUID id) {
        return jdbc.sql("""
                        WITH payment AS (
                            SELECT id FROM payments WHERE id = :id
                            UNION SELECT payment_id FROM student_course_purchases WHERE id = :id
                            UNION SELECT payment_id FROM student_course_purchases
                                WHERE id = (SELECT purchase_id FROM trainer_allocations WHERE id = :id)
                            UNION SELECT payment_id FROM student_course_purchases
                                WHERE id = (SELECT a.purchase_id FROM tutoring_sessions s
                                                JOIN trainer_allocations a ON a.id = s.allocation_id WHERE s.id = :id))
                        SELECT 'payment' AS kind, p.id, p.student_id AS owner, a.trainer_id AS other, p.status AS state,
                               CASE WHEN a.status = 'waiting' THEN a.reason END AS waits_for
                        FROM payment JOIN payments p USING (id)
                            LEFT JOIN student_course_purchases b ON b.payment_id = p.id
                            LEFT JOIN trainer_allocations a ON a.purchase_id = b.id
                        UNION ALL SELECT 'order', order_id, buyer_id, NULL, status, NULL FROM orders WHERE order_id = :id
                        UNION ALL SELECT 'task', task_id, user_id, NULL, status, NULL FROM task WHERE task_id = :id
                        UNION ALL SELECT 'notification', notification_id, user_id, NULL,
                               CASE WHEN read_at IS NULL THEN 'unread' ELSE 'read' END, NULL
                            FROM notification WHERE notification_id = :id
                        LIMIT 1
                        """)
                .param("id", id)
                .query((row, n) -> new Subject(
                        row.getString("kind"),
                        row.getObject("id", UUID.class),
                        row.getString("owner"),
                        row.getString("other"),
                        row.getString("state"),
                        row.getString("waits_for")))
                .optional();
    }

    private List<FlowEvent> events(String flow, @Nullable Subject subject) {
        Map<String, FlowEvent> found = new LinkedHashMap<>();
        processed(flow).forEach(event -> found.putIfAbsent(event.id(), event));
        if (subject != null) {
            List<String> users = new ArrayList<>(List.of(subject.owner()));
            if (subject.otherUser() != null) {
                users.add(subject.otherUser());
            }
            recorded(users, subject).forEach(event -> found.putIfAbsent(event.id(), event));
            UUID since = Flow.smallestId(Instant.now().minus(RECENT));
            users.stream()
                    .flatMap(user -> outboxes.containing(user, subject.id(), since).stream())
                    .map(row -> new FlowEvent(row.eventId(), row.app(), row.type(), row.topic(), row.committedAt()))
                    .forEach(event -> found.putIfAbsent(event.id(), event));
        }
        List<FlowEvent> events = found.values().stream()
                .sorted(Comparator.comparing(FlowEvent::at).thenComparing(FlowEvent::id))
                .toList();
        return events.subList(Math.max(0, events.size() - MAX_EVENTS), events.size());
    }

    private List<FlowEvent> processed(String correlationId) {
        return jdbc.sql("""
                        SELECT DISTINCT event_id, event_source, event_type, topic, event_time AS at
                        FROM processed_events WHERE correlation_id = :id
                        LIMIT 200
                        """)
                .param("id", correlationId)
                .query((row, n) -> event(row))
                .list();
    }

    /** The audit log names one user of an event; the partition key of an event names the other one. */
    private List<FlowEvent> recorded(List<String> users, Subject subject) {
        return jdbc.sql("""
                        WITH of_users AS MATERIALIZED (
                            SELECT * FROM audit_log WHERE user_id = ANY (:users)
                            UNION
                            SELECT audit.* FROM processed_events processed
                                JOIN audit_log audit ON audit.event_id = processed.event_id
                            WHERE processed.event_key = ANY (:users))
                        SELECT event_id, event_source, event_type, topic, occurred_at AS at
                        FROM of_users
                        WHERE topic NOT IN ('dead-letter-queue', 'operator-actions') AND payload LIKE '%' || :id || '%'
                        ORDER BY number DESC
                        LIMIT :limit
                        """)
                .param("users", users.toArray(new String[0]))
                .param("id", subject.id().toString())
                .param("limit", MAX_EVENTS)
                .query((row, n) -> event(row))
                .list();
    }

    private @Nullable String keyOf(FlowEvent event) {
        return jdbc.sql("SELECT event_key FROM processed_events WHERE event_id = :id AND event_key IS NOT NULL LIMIT 1")
                .param("id", event.id())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static FlowEvent event(ResultSet row) throws SQLException {
        return new FlowEvent(
                row.getString("event_id"),
                row.getString("event_source"),
                row.getString("event_type"),
                row.getString("topic"),
                Objects.requireNonNull(OutboxTable.time(row, "at")));
    }
}
