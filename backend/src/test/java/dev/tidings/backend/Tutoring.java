package dev.tidings.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of tutoring need to have there; each course has a skill of its own, so that tests do not share trainers. */
public final class Tutoring {
    private static final String WEEK = Stream.of(
                    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
            .map(day -> "{\"day\": \"%s\", \"from\": \"00:00\", \"to\": \"24:00\"}".formatted(day))
            .collect(Collectors.joining(", "));

    private final RunningBackend backend;

    public Tutoring(RunningBackend backend) {
        this.backend = backend;
    }

    /** A new course in all tiers. Its id is its skill. */
    public String course() {
        String id = "course-" + UUID.randomUUID();
        jdbc().sql("INSERT INTO courses (id, title, skill) VALUES (:id, 'Title of ' || :id, :id)")
                .param("id", id)
                .update();
        jdbc().sql("INSERT INTO course_tiers SELECT :id, tier, tier * 25 FROM unnest(ARRAY[10, 20, 30]) tier")
                .param("id", id)
                .update();
        return id;
    }

    /** A new trainer of that course who works day and night. */
    public String trainer(String course) {
        String id = "trainer-" + UUID.randomUUID();
        saveTrainer(id, course);
        return id;
    }

    public void saveTrainer(String id, String course) {
        Reply saved = backend.send(
                Role.ADMIN,
                "an-admin",
                "PUT",
                "/api/v1/admin/trainers/" + id,
                "{\"name\": \"Ada\", \"skills\": [\"%s\"], \"availability\": [%s]}".formatted(course, WEEK));
        assertThat(saved.status()).as(saved.response().body()).isEqualTo(200);
    }

    /** As the purchase-worker makes it of a confirmed payment: sessions at four from next week on. */
    public UUID purchase(String student, String course, int tier) {
        return purchase(
                student, course, tier, "16:00", LocalDate.now(ZoneOffset.UTC).plusDays(7), "UTC");
    }

    public UUID purchase(String student, String course, int tier, String slot, LocalDate start, String zone) {
        UUID payment = UUID.randomUUID();
        UUID purchase = UUID.randomUUID();
        jdbc().sql("""
                        INSERT INTO payments (id, student_id, course_id, purchase_tier, amount, time_slot, start_date,
                                              time_zone, status, created_at, confirmed_at)
                        VALUES (:id, :student, :course, :tier, 250, :slot, :start, :zone, 'succeeded', now(), now())
                        """)
                .param("id", payment)
                .param("student", student)
                .param("course", course)
                .param("tier", tier)
                .param("slot", slot)
                .param("start", start)
                .param("zone", zone)
                .update();
        jdbc().sql("""
                        INSERT INTO student_course_purchases (id, student_id, course_id, purchase_tier, payment_id)
                        VALUES (:id, :student, :course, :tier, :payment)
                        """)
                .param("id", purchase)
                .param("student", student)
                .param("course", course)
                .param("tier", tier)
                .param("payment", payment)
                .update();
        return purchase;
    }

    public Reply autoAssign(UUID purchase) {
        return backend.send(
                Role.ADMIN,
                "an-admin",
                "POST",
                "/api/v1/admin/allocations/auto-assign",
                "{\"purchaseId\": \"%s\"}".formatted(purchase));
    }

    /** Pairs of sessions in which a trainer would have to be twice at once; by another reckoning than the constraint's. */
    public int doubleBookings() {
        return jdbc().sql("""
                        SELECT count(*) FROM tutoring_sessions a JOIN tutoring_sessions b
                        ON a.trainer_id = b.trainer_id AND a.id < b.id
                          AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
                        WHERE a.status = 'scheduled' AND b.status = 'scheduled'
                        """).query(Integer.class).single();
    }

    /** Runs requests at once and waits for all. */
    public static List<Reply> atOnce(int times, IntFunction<Reply> request) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = IntStream.range(0, times)
                    .mapToObj(i -> callers.submit(() -> request.apply(i)))
                    .toList();
            List<Reply> results = new ArrayList<>();
            for (Future<Reply> reply : replies) {
                results.add(reply.get());
            }
            return results;
        }
    }

    private JdbcClient jdbc() {
        return backend.jdbc();
    }
}
