package dev.tidings.workers;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.ProjectRoot;
import dev.tidings.devkit.TidingsDatabase.Login;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A new database with the backend's tables, migrated from the files that the backend itself uses. */
public final class WorkersDatabase {
    private static final JsonMapper JSON = new JsonMapper();

    private final Login login = Infrastructure.shared().freshDatabase().backend();
    private final JdbcClient jdbc;

    private WorkersDatabase() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(login.jdbcUrl());
        dataSource.setUser(login.user());
        dataSource.setPassword(login.password());
        this.jdbc = JdbcClient.create(dataSource);
    }

    public static WorkersDatabase empty() {
        return new WorkersDatabase();
    }

    public static WorkersDatabase migrated() {
        WorkersDatabase database = new WorkersDatabase();
        database.migrate();
        return database;
    }

    public void migrate() {
        Flyway.configure()
                .dataSource(login.jdbcUrl(), login.user(), login.password())
                .schemas("backend")
                .configuration(
                        Map.of("flyway.postgresql.transactional.lock", "false")) // as the backend's application.yaml
                .locations(
                        "classpath:dev/tidings/messaging/migration",
                        "classpath:dev/tidings/messaging/inbox/migration",
                        "filesystem:"
                                + ProjectRoot.find()
                                        .resolve("backend/src/main/resources/dev/tidings/backend/migration"))
                .load()
                .migrate();
    }

    public Login login() {
        return login;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public int count(String table, String condition, Object... values) {
        return jdbc.sql("SELECT count(*) FROM %s WHERE %s".formatted(table, condition))
                .params(values)
                .query(Integer.class)
                .single();
    }

    /** Who processed what, for a payment: "PURCHASE_CONFIRMED by purchase-worker". */
    public List<String> processed(String correlationId) {
        return jdbc.sql("""
                        SELECT event_type || ' by ' || source FROM processed_events WHERE correlation_id = ?
                        ORDER BY event_type, source
                        """)
                .param(correlationId)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** The events that a worker has written, with their type, oldest first. */
    public List<JsonNode> events(String schema, String key) {
        return jdbc.sql("SELECT payload::text FROM %s.outbox WHERE key = ? ORDER BY position".formatted(schema))
                .param(key)
                .query((row, n) -> JSON.readTree(row.getString(1)))
                .list();
    }

    /** A course that can be bought. */
    public String course() {
        String id = "course-" + UUID.randomUUID();
        jdbc.sql("INSERT INTO courses (id, title, skill) VALUES (?, 'Java', 'java')")
                .param(id)
                .update();
        return id;
    }

    /** @param status pending, succeeded or cancelled */
    public UUID payment(String studentId, String courseId, int tier, String status) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO payments (id, student_id, course_id, purchase_tier, amount, time_slot, start_date, time_zone,
                                              status, created_at, confirmed_at, cancelled_at)
                        VALUES (:id, :student, :course, :tier, 300.00, '16:00', current_date + 1, 'Europe/Berlin', :status, now(),
                                CASE WHEN :status = 'succeeded' THEN now() END, CASE WHEN :status = 'cancelled' THEN now() END)
                        """)
                .param("id", id)
                .param("student", studentId)
                .param("course", courseId)
                .param("tier", tier)
                .param("status", status)
                .update();
        return id;
    }

    public UUID purchase(UUID paymentId) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO student_course_purchases (id, student_id, course_id, purchase_tier, payment_id)
                        SELECT :id, student_id, course_id, purchase_tier, id FROM payments WHERE id = :payment
                        """).param("id", id).param("payment", paymentId).update();
        return id;
    }
}
