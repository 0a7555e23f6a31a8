package dev.tidings.backend.allocations;

import static dev.tidings.backend.Tutoring.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.backend.Tutoring;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.tokens.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** R-PF-3: who gives the sessions, over HTTP, on the real database, without a sidecar. */
class AllocationsIT {
    private static final String APP_TOKEN = UUID.randomUUID().toString();
    private static RunningBackend backend;
    private static Tutoring tutoring;

    private final String student = "student-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.on(
                Infrastructure.shared().freshDatabase().backend(),
                "--tidings.sidecar.http-port=1",
                "--tidings.sidecar.grpc-port=1",
                "--tidings.sidecar.app-token=" + APP_TOKEN,
                "--tidings.allocations.recheck=200ms");
        tutoring = new Tutoring(backend);
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aPurchaseGetsATrainerAllItsSessionsAndTwoEvents() {
        String course = tutoring.course();
        String trainer = tutoring.trainer(course);
        UUID purchase = tutoring.purchase(student, course, 30);

        Reply reply = tutoring.autoAssign(purchase);

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        String allocation = reply.json().path("allocationId").stringValue();
        List<String> sessionIds = texts(reply.json().path("sessionIds"));
        assertThat(reply.json().path("trainerId").stringValue()).isEqualTo(trainer);
        assertThat(sessionIds).hasSize(30).doesNotHaveDuplicates();
        List<LocalDate> dates = backend.jdbc()
                .sql("""
                        SELECT scheduled_date FROM tutoring_sessions
                        WHERE student_id = :student AND status = 'scheduled' AND scheduled_time = '16:00'
                          AND allocation_id = :allocation::uuid
                        ORDER BY scheduled_date
                        """)
                .param("student", student)
                .param("allocation", allocation)
                .query((row, n) -> row.getObject("scheduled_date", LocalDate.class))
                .list();
        assertThat(dates)
                .hasSize(30)
                .doesNotHaveDuplicates()
                .allSatisfy(date -> assertThat(date.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
        assertThat(dates.getFirst())
                .isAfterOrEqualTo(LocalDate.now(ZoneOffset.UTC).plusDays(7));

        List<JsonNode> events = backend.events(student);
        assertThat(events)
                .extracting(event -> event.path("type").stringValue())
                .containsExactly("TRAINER_ALLOCATED", "SESSIONS_GENERATED");
        String payment = backend.jdbc()
                .sql("SELECT payment_id::text FROM student_course_purchases WHERE id = :id")
                .param("id", purchase)
                .query(String.class)
                .single();
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("correlationId").stringValue()).isEqualTo(payment);
            assertThat(event.path("allocationId").stringValue()).isEqualTo(allocation);
            assertThat(event.path("purchaseId").stringValue()).isEqualTo(purchase.toString());
            assertThat(event.path("studentId").stringValue()).isEqualTo(student);
            assertThat(event.path("trainerId").stringValue()).isEqualTo(trainer);
            assertThat(event.path("courseId").stringValue()).isEqualTo(course);
            assertThat(event.path("timestamp").isIntegralNumber()).isTrue();
        });
        assertThat(texts(events.getLast().path("sessionIds"))).isEqualTo(sessionIds);
        assertThat(events.getLast().path("count").intValue()).isEqualTo(30);
    }

    /** R-PF-17, R-PF-13 */
    @Test
    void theQueriesThatOthersRelyOnRunAsTheyStand() {
        String course = tutoring.course();
        tutoring.trainer(course);
        tutoring.autoAssign(tutoring.purchase(student, course, 10));

        for (String query : List.of(
                "SELECT id, purchase_tier, created_at FROM student_course_purchases WHERE student_id = :s AND course_id = :c AND is_active = true",
                "SELECT id, trainer_id, status, created_at FROM trainer_allocations WHERE student_id = :s AND course_id = :c AND status = 'approved'",
                "SELECT count(*), min(scheduled_date), max(scheduled_time) FROM tutoring_sessions WHERE student_id = :s AND course_id = :c AND status = 'scheduled' GROUP BY allocation_id",
                "SELECT * FROM payments WHERE student_id = :s AND course_id = :c")) {
            assertThat(backend.jdbc()
                            .sql(query)
                            .param("s", student)
                            .param("c", course)
                            .query()
                            .listOfRows())
                    .hasSize(1);
        }
    }

    @Test
    void howeverOftenAndAtOnceItIsAskedForItIsAllocatedOnce() throws Exception {
        String course = tutoring.course();
        IntStream.range(0, 3).forEach(_ -> tutoring.trainer(course));
        UUID purchase = tutoring.purchase(student, course, 20);

        List<Reply> replies = atOnce(20, _ -> tutoring.autoAssign(purchase));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(new HashSet<>(replies.stream().map(Reply::json).toList())).hasSize(1);
        assertThat(tutoring.autoAssign(purchase).json())
                .isEqualTo(replies.getFirst().json());
        assertThat(backend.events(student)).hasSize(2);
        assertThat(loads(course)).containsExactlyInAnyOrder(0, 0, 1);
    }

    @Test
    void studentsAreSpreadOverTheTrainersAndManyTrainersAreNoTrouble() {
        String course = tutoring.course();
        List<String> trainers = Stream.generate(() -> tutoring.trainer(course))
                .limit(20)
                .sorted()
                .toList();

        List<String> chosen = IntStream.range(0, 20)
                .mapToObj(i -> tutoring.autoAssign(tutoring.purchase(student + i, course, 10)))
                .map(reply -> reply.json().path("trainerId").stringValue())
                .toList();

        assertThat(chosen).isEqualTo(trainers);
        assertThat(tutoring.autoAssign(tutoring.purchase(student, course, 10))
                        .json()
                        .path("code")
                        .stringValue())
                .isEqualTo("NO_TRAINER_FREE");
    }

    @Test
    void fiftyStudentsWantTheLastFreeSlotAtOnceAndOneGetsItAndTheNextWhenItIsGivenBack() throws Exception {
        String course = tutoring.course();
        String trainer = tutoring.trainer(course);
        List<UUID> purchases = IntStream.range(0, 50)
                .mapToObj(i -> tutoring.purchase(student + i, course, 30))
                .toList();

        List<Reply> replies = atOnce(50, i -> tutoring.autoAssign(purchases.get(i)));

        List<Reply> served =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(served).hasSize(1);
        assertThat(replies).filteredOn(reply -> reply.status() != 200).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().path("code").stringValue()).isEqualTo("NO_TRAINER_FREE");
        });
        assertThat(statuses(course)).containsOnly("approved", "waiting").hasSize(50);
        assertThat(tutoring.doubleBookings()).isZero();
        assertThat(loads(course)).containsExactly(1);
        assertThat(waitingOf(course)).hasSize(49);

        String oldest = backend.jdbc()
                .sql("SELECT min(id::text) FROM trainer_allocations WHERE status = 'waiting' AND course_id = :course")
                .param("course", course)
                .query(String.class)
                .single();
        Reply cancelled = cancel(served.getFirst().json().path("allocationId").stringValue());
        assertThat(cancelled.json().path("status").stringValue()).isEqualTo("cancelled");

        await().untilAsserted(() ->
                assertThat(statuses(course)).filteredOn("approved"::equals).hasSize(1));
        assertThat(backend.jdbc()
                        .sql("SELECT trainer_id FROM trainer_allocations WHERE id = :id::uuid AND status = 'approved'")
                        .param("id", oldest)
                        .query(String.class)
                        .single())
                .isEqualTo(trainer);
        assertThat(tutoring.doubleBookings()).isZero();
        assertThat(loads(course)).containsExactly(1);
        assertThat(waitingOf(course)).hasSize(48);
    }

    @Test
    void wishesThatCrossEachOtherAtOnceBookNobodyTwice() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String course = tutoring.course();
        IntStream.range(0, 4).forEach(_ -> tutoring.trainer(course));
        List<String> zones = List.of("UTC", "Europe/Berlin", "Asia/Kolkata");
        List<UUID> purchases = IntStream.range(0, 60)
                .mapToObj(i -> tutoring.purchase(
                        student + i,
                        course,
                        10 * random.nextInt(1, 4),
                        "%02d:%02d".formatted(random.nextInt(14, 18), 30 * random.nextInt(2)),
                        LocalDate.now(ZoneOffset.UTC).plusDays(random.nextInt(1, 20)),
                        zones.get(random.nextInt(zones.size()))))
                .toList();

        List<Reply> replies = atOnce(60, i -> tutoring.autoAssign(purchases.get(i)));

        assertThat(replies)
                .as("seed %d", seed)
                .allSatisfy(reply -> assertThat(reply.status()).isIn(200, 409));
        assertThat(tutoring.doubleBookings()).as("seed %d", seed).isZero();
        int allocated = backend.jdbc()
                .sql("SELECT count(*) FROM trainer_allocations WHERE course_id = :course AND status = 'approved'")
                .param("course", course)
                .query(Integer.class)
                .single();
        assertThat(loads(course).stream().mapToInt(Integer::intValue).sum())
                .as("seed %d", seed)
                .isEqualTo(allocated)
                .isPositive();
        assertThat(backend.jdbc()
                        .sql("""
                                SELECT count(*) FROM student_course_purchases purchase
                                JOIN trainer_allocations allocation ON allocation.purchase_id = purchase.id
                                WHERE purchase.course_id = :course AND purchase.purchase_tier <> (
                                    SELECT count(*) FROM tutoring_sessions WHERE allocation_id = allocation.id)
                                  AND allocation.status = 'approved'
                                """)
                        .param("course", course)
                        .query(Integer.class)
                        .single())
                .as("seed %d, incomplete allocations", seed)
                .isZero();
    }

    @Test
    void whoWaitsIsServedWhenATrainerComes() {
        String course = tutoring.course();
        UUID purchase = tutoring.purchase(student, course, 10);

        Reply reply = tutoring.autoAssign(purchase);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("code").stringValue()).isEqualTo("NO_TRAINER_WITH_SKILL");
        assertThat(backend.events(student)).isEmpty();
        assertThat(waitingOf(course)).singleElement().satisfies(waiting -> {
            assertThat(waiting.path("purchaseId").stringValue()).isEqualTo(purchase.toString());
            assertThat(waiting.path("reason").stringValue()).isEqualTo("NO_TRAINER_WITH_SKILL");
            assertThat(waiting.path("trainerId").isNull()).isTrue();
        });

        tutoring.trainer(course);

        await().untilAsserted(() -> assertThat(backend.events(student)).hasSize(2));
        assertThat(waitingOf(course)).isEmpty();
        assertThat(tutoring.autoAssign(purchase).status()).isEqualTo(200);
        assertThat(backend.events(student)).hasSize(2);
    }

    @Test
    void whoWaitsIsServedWhenSomebodyElseWroteTheTrainer() {
        String course = tutoring.course();
        tutoring.autoAssign(tutoring.purchase(student, course, 10));

        backend.jdbc()
                .sql("""
                        WITH trainer AS (INSERT INTO trainers (id, name) VALUES (:id, 'Ada')),
                        skill AS (INSERT INTO trainer_skills (skill, trainer_id) VALUES (:skill, :id))
                        INSERT INTO trainer_availability SELECT :id, day, '00:00', '24:00' FROM generate_series(1, 7) day
                        """)
                .param("id", "by-sql-" + student)
                .param("skill", course)
                .update();

        await().untilAsserted(() -> assertThat(backend.events(student)).hasSize(2));
    }

    @Test
    void theReasonSaysWhetherAnybodyWorksAtThatTime() {
        String course = tutoring.course();
        String body = """
                {"name": "Ada", "skills": ["%s"], "availability": [{"day": "monday", "from": "09:00", "to": "17:00"}]}
                """.formatted(course);
        backend.send(Role.ADMIN, "an-admin", "PUT", "/api/v1/admin/trainers/mondays-" + student, body);

        assertThat(tutoring.autoAssign(tutoring.purchase(student, course, 10))
                        .json()
                        .path("code")
                        .stringValue())
                .isEqualTo("NO_TRAINER_AT_TIME");
    }

    @Test
    void aCancelledAllocationIsOverAndTheStudentMayBuyAnew() {
        String course = tutoring.course();
        tutoring.trainer(course);
        UUID purchase = tutoring.purchase(student, course, 10);
        String allocation =
                tutoring.autoAssign(purchase).json().path("allocationId").stringValue();

        Reply cancelled = cancel(allocation);
        assertThat(cancel(allocation).json()).isEqualTo(cancelled.json());

        assertThat(loads(course)).containsExactly(0);
        Reply again = tutoring.autoAssign(purchase);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("code").stringValue()).isEqualTo("ALLOCATION_CANCELLED");
        assertThat(tutoring.autoAssign(tutoring.purchase(student, course, 10)).status())
                .isEqualTo(200);
        assertThat(cancel(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(cancel("none").status()).isEqualTo(404);
    }

    @Test
    void aPurchaseThatIsUnknownUnnamedOrNotActiveIsRefused() {
        assertThat(tutoring.autoAssign(UUID.randomUUID()).status()).isEqualTo(404);
        for (String body : List.of("{}", "{\"purchaseId\": 7}", "{\"purchaseId\": \"x\"}")) {
            Reply reply = backend.send(Role.ADMIN, "an-admin", "POST", "/api/v1/admin/allocations/auto-assign", body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.blamed()).containsExactly("purchaseId");
        }
        UUID purchase = tutoring.purchase(student, tutoring.course(), 10);
        backend.jdbc()
                .sql("UPDATE student_course_purchases SET is_active = false WHERE id = :id")
                .param("id", purchase)
                .update();
        assertThat(tutoring.autoAssign(purchase).json().path("code").stringValue())
                .isEqualTo("PURCHASE_INACTIVE");
    }

    @Test
    void aBookingThatCannotBeAnnouncedLeavesNothing() {
        String course = tutoring.course();
        tutoring.trainer(course);
        UUID purchase = tutoring.purchase(student, course, 10);
        backend.jdbc()
                .sql("ALTER TABLE outbox ADD CONSTRAINT broken CHECK (key <> '%s' OR type <> 'SESSIONS_GENERATED')"
                        .formatted(student))
                .update();
        try {
            assertThat(tutoring.autoAssign(purchase).status()).isEqualTo(500);
        } finally {
            backend.jdbc().sql("ALTER TABLE outbox DROP CONSTRAINT broken").update();
        }
        assertThat(statuses(course)).isEmpty();
        assertThat(loads(course)).containsExactly(0);
        assertThat(backend.events(student)).isEmpty();
        assertThat(tutoring.autoAssign(purchase).status()).isEqualTo(200);
    }

    @Test
    void onlyTheWorkersSidecarAndAdminsMayAssign() {
        String course = tutoring.course();
        tutoring.trainer(course);
        UUID purchase = tutoring.purchase(student, course, 10);

        for (Role role : List.of(Role.STUDENT, Role.TRAINER, Role.USER, Role.OPERATOR)) {
            assertThat(backend.send(role, student, "POST", "/api/v1/admin/allocations/auto-assign", body(purchase))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(bySidecar(purchase).status()).isEqualTo(401);
        assertThat(bySidecar(purchase, "dapr-api-token", APP_TOKEN).status()).isEqualTo(401);
        assertThat(bySidecar(purchase, "dapr-caller-app-id", "allocation-worker")
                        .status())
                .isEqualTo(403);
        assertThat(bySidecar(purchase, "dapr-api-token", "wrong", "dapr-caller-app-id", "allocation-worker")
                        .status())
                .isEqualTo(403);
        assertThat(bySidecar(purchase, "dapr-api-token", APP_TOKEN, "dapr-caller-app-id", "session-worker")
                        .status())
                .isEqualTo(403);
        assertThat(backend.events(student)).isEmpty();

        assertThat(bySidecar(purchase, "dapr-api-token", APP_TOKEN, "dapr-caller-app-id", "allocation-worker")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/admin/allocations", "POST /api/v1/admin/allocations/x/cancel"})
    void theListIsForOperatorsAndCancellingForAdmins(String request) {
        String[] parts = request.split(" ");

        assertThat(backend.send(Role.STUDENT, student, parts[0], parts[1], null).status())
                .isEqualTo(403);
        assertThat(backend.send(Role.OPERATOR, student, parts[0], parts[1], null)
                        .status())
                .isEqualTo(parts[0].equals("GET") ? 200 : 403);
        assertThat(backend.send(Role.ADMIN, student, "GET", "/api/v1/admin/allocations?status=lost", null)
                        .blamed())
                .containsExactly("status");
    }

    private static Reply bySidecar(UUID purchase, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.uri("/api/v1/admin/allocations/auto-assign"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(purchase)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return backend.send(request.build());
    }

    private static String body(UUID purchase) {
        return "{\"purchaseId\": \"%s\"}".formatted(purchase);
    }

    private static Reply cancel(String allocation) {
        return backend.send(
                Role.ADMIN, "an-admin", "POST", "/api/v1/admin/allocations/" + allocation + "/cancel", null);
    }

    private static List<String> statuses(String course) {
        return backend.jdbc()
                .sql("SELECT status FROM trainer_allocations WHERE course_id = :course AND status <> 'cancelled'")
                .param("course", course)
                .query((row, n) -> row.getString("status"))
                .list();
    }

    private static List<Integer> loads(String course) {
        return backend.jdbc()
                .sql("""
                        SELECT active_allocations FROM trainers JOIN trainer_skills ON trainer_id = id
                        WHERE skill = :course
                        """)
                .param("course", course)
                .query((row, n) -> row.getInt("active_allocations"))
                .list();
    }

    /** As operators see them, page by page. */
    private static List<JsonNode> waitingOf(String course) {
        List<JsonNode> waiting = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = backend.send(
                            Role.OPERATOR,
                            "an-operator",
                            "GET",
                            "/api/v1/admin/allocations?status=waiting&limit=40&cursor=" + next,
                            null)
                    .json();
            page.path("items").forEach(waiting::add);
            next = page.path("nextCursor").stringValue(null);
        } while (next != null);
        return waiting.stream()
                .filter(item -> item.path("courseId").stringValue().equals(course))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }
}
