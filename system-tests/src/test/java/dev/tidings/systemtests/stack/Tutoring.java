package dev.tidings.systemtests.stack;

import static org.awaitility.Awaitility.await;

import dev.tidings.tokens.Role;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tutoring platform, as its students, trainers and admins use it. Courses and trainers, for which there is no API, are rows. */
public final class Tutoring {

    /** Through which a purchase goes. */
    public static final List<String> WORKERS =
            List.of("purchase-worker", "allocation-worker", "session-worker", "cache-worker");

    /** When sessions may be; trainers give one at a time. */
    public static final List<String> SLOTS =
            IntStream.range(0, 24).mapToObj("%02d:00"::formatted).toList();

    private final URI backend;
    private final Tokens tokens;
    private final Database database;

    Tutoring(URI backend, Tokens tokens, Database database) {
        this.backend = backend;
        this.tokens = tokens;
        this.database = database;
    }

    // --- courses and trainers ----------------------------------------------------------------------------------------

    /** A course on sale that needs a skill of its own. */
    public String newCourse() {
        String id = "course-" + UUID.randomUUID();
        database.update("INSERT INTO courses (id, title, skill) VALUES (?, ?, ?)", id, "Title of " + id, id);
        for (int tier : List.of(10, 20, 30)) {
            database.update("INSERT INTO course_tiers (course_id, tier, price) VALUES (?, ?, ?)", id, tier, tier * 25);
        }
        return id;
    }

    /** Trainers who teach this course and nothing else, and are free all day, in UTC. */
    public List<String> addTrainers(String courseId, int count) {
        return IntStream.range(0, count).mapToObj(_ -> addTrainer(courseId)).toList();
    }

    private String addTrainer(String courseId) {
        String id = Users.named("trainer");
        database.update("INSERT INTO trainers (id, name) VALUES (?, ?)", id, "Name of " + id);
        database.update("INSERT INTO trainer_skills (skill, trainer_id) VALUES (?, ?)", courseId, id);
        database.update(
                "INSERT INTO trainer_availability (trainer_id, day_of_week, from_time, to_time)"
                        + " SELECT ?, day, '00:00', '24:00' FROM generate_series(1, 7) day",
                id);
        return id;
    }

    // --- what people do ----------------------------------------------------------------------------------------------

    /**
     * Pays for a course, with sessions at 16:00.
     *
     * @return the payment's id
     */
    public String buy(String student, String courseId, int tier) {
        return buy(student, courseId, tier, "16:00");
    }

    public String buy(String student, String courseId, int tier, String slot) {
        String paymentId = pay(student, courseId, tier, slot);
        confirm(student, paymentId);
        return paymentId;
    }

    /**
     * Creates a payment as a page with a patient user does: again, until the backend is there.
     *
     * @return the payment's id
     */
    public String pay(String student, String courseId, int tier, String slot) {
        String key = UUID.randomUUID().toString();
        String body = "{\"courseId\":\"%s\",\"purchaseTier\":%d,\"timeSlot\":\"%s\"}".formatted(courseId, tier, slot);
        Http.Answer created = untilAnswered(() -> Http.send(Http.to(backend.resolve("/api/v1/payments"))
                .header("Authorization", "Bearer " + studentToken(student))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build()));
        return expect(201, created).json().path("paymentId").asString();
    }

    /**
     * Repeated likewise.
     *
     * @param traceparent the W3C trace context of the caller
     */
    public void confirm(String student, String paymentId, String traceparent) {
        expect(
                200,
                untilAnswered(
                        () -> Http.send(Http.to(backend.resolve("/api/v1/payments/%s/confirm".formatted(paymentId)))
                                .header("Authorization", "Bearer " + studentToken(student))
                                .header("Content-Type", "application/json")
                                .header("traceparent", traceparent)
                                .POST(BodyPublishers.noBody())
                                .build())));
    }

    /** Repeated likewise. */
    public void confirm(String student, String paymentId) {
        expect(
                200,
                untilAnswered(() -> Http.call(
                        "POST",
                        backend.resolve("/api/v1/payments/%s/confirm".formatted(paymentId)),
                        studentToken(student),
                        "")));
    }

    public void complete(String trainer, String sessionId) {
        expect(
                200,
                Http.call(
                        "POST",
                        backend.resolve("/api/v1/sessions/%s/complete".formatted(sessionId)),
                        tokens.of(trainer, Role.TRAINER),
                        ""));
    }

    public JsonNode home(String student, boolean force) {
        return screen(student, "home", force);
    }

    public JsonNode learning(String student, boolean force) {
        return screen(student, "learning", force);
    }

    private JsonNode screen(String student, String name, boolean force) {
        URI uri = backend.resolve("/api/v1/students/%s/%s?force=%s".formatted(student, name, force));
        return expect(200, Http.get(uri, studentToken(student))).json();
    }

    /** The purchases that wait for a trainer, as operators see them. */
    public JsonNode waiting() {
        return expect(
                        200,
                        Http.get(
                                backend.resolve("/api/v1/admin/allocations?status=waiting&limit=100"),
                                tokens.of("admin", Role.ADMIN)))
                .json()
                .path("items");
    }

    public String studentToken(String student) {
        return tokens.of(student, Role.STUDENT);
    }

    // --- what became of it -------------------------------------------------------------------------------------------

    /** Waits until the payment has all its sessions and nothing of it is under way any more (R-PF-12). */
    public void awaitComplete(String paymentId, int sessions) {
        await("sessions of payment " + paymentId).until(() -> sessions(paymentId) == sessions);
        await("processed events of payment " + paymentId)
                .until(() -> database.number(
                                "SELECT count(*) FROM processed_events WHERE correlation_id::text = ?", paymentId)
                        >= 6);
    }

    public long purchases(String paymentId) {
        return database.number("SELECT count(*) FROM student_course_purchases WHERE payment_id::text = ?", paymentId);
    }

    public long allocations(String paymentId) {
        return database.number(
                "SELECT count(*) FROM trainer_allocations a JOIN student_course_purchases p ON p.id = a.purchase_id"
                        + " WHERE p.payment_id::text = ?",
                paymentId);
    }

    public long sessions(String paymentId) {
        return database.number(
                "SELECT count(*) FROM tutoring_sessions s JOIN trainer_allocations a ON a.id = s.allocation_id"
                        + " JOIN student_course_purchases p ON p.id = a.purchase_id WHERE p.payment_id::text = ?",
                paymentId);
    }

    // --- asking ------------------------------------------------------------------------------------------------------

    private interface Question {
        Http.Answer ask();
    }

    private static Http.Answer untilAnswered(Question question) {
        return await("an answer of the backend")
                .until(() -> answer(question), answer -> answer != null && answer.status() < 500);
    }

    private static Http.@Nullable Answer answer(Question question) {
        try {
            return question.ask();
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static Http.Answer expect(int status, Http.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("the backend answered %s, not %d".formatted(answer, status));
        }
        return answer;
    }
}
