package dev.tidings.backend.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.sidecar.SidecarSettings;
import dev.tidings.studentcache.StudentCache;
import dev.tidings.tokens.Role;
import io.dapr.client.DaprClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The screens over HTTP, with a real cache behind a real sidecar (R-PF-6). */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class HomeIT {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    private Sidecar sidecar;
    private RunningBackend backend;
    private DaprClient dapr;
    /** As cache-worker has it. */
    private StudentCache worker;

    private StudentRows rows;
    private String student;

    @BeforeAll
    void start() {
        Infrastructure infrastructure = Infrastructure.shared();
        sidecar = infrastructure.startSidecar(SidecarSpec.of("backend"));
        backend = RunningBackend.on(
                infrastructure.freshDatabase().backend(),
                "--tidings.sidecar.host=" + sidecar.httpEndpoint().getHost(),
                "--tidings.sidecar.http-port=" + sidecar.httpPort(),
                "--tidings.sidecar.grpc-port=" + sidecar.grpcPort(),
                // A busy machine is no reason for this test to see no cache.
                "--tidings.cache.timeout=10s");
        dapr = new SidecarSettings(
                        sidecar.httpEndpoint().getHost(),
                        sidecar.httpPort(),
                        sidecar.grpcPort(),
                        "",
                        "",
                        "pubsub",
                        Duration.ofSeconds(10))
                .connect();
        worker = StudentCache.on(dapr, "cache", Duration.ofSeconds(10));
        rows = new StudentRows(backend.jdbc());
    }

    @AfterAll
    void stop() throws Exception {
        dapr.close();
        backend.close();
        sidecar.close();
    }

    @BeforeEach
    void newStudent() {
        student = "student-" + UUID.randomUUID();
    }

    @Test
    void theHomeScreenShowsSessionsToComeCoursesAndTheOverview() {
        UUID old = rows.purchase(student, rows.course("Algebra"), 30);
        UUID allocation = rows.allocation(old, rows.trainer("Tom"));
        rows.session(allocation, TODAY.minusDays(2), "completed");
        rows.session(allocation, TODAY.minusDays(1), "scheduled");
        rows.session(allocation, TODAY.plusDays(3), "scheduled");
        rows.session(allocation, TODAY.plusDays(2), "scheduled");
        rows.session(allocation, TODAY.plusDays(4), "cancelled");
        rows.waiting(rows.purchase(student, rows.course("Physics"), 10));

        JsonNode home = home(student, "").json();

        assertThat(texts(home.path("upcomingSessions"), "scheduledDate"))
                .containsExactly(TODAY.plusDays(2).toString(), TODAY.plusDays(3).toString());
        JsonNode next = home.path("upcomingSessions").path(0);
        assertThat(next.path("courseTitle").stringValue()).isEqualTo("Algebra");
        assertThat(next.path("trainerName").stringValue()).isEqualTo("Tom");
        assertThat(next.path("scheduledTime").stringValue()).isEqualTo("16:00");
        assertThat(next.path("startsAt").stringValue()).isEqualTo(TODAY.plusDays(2) + "T16:00:00.000Z");
        assertThat(next.path("status").stringValue()).isEqualTo("scheduled");
        assertThat(texts(home.path("recentCourses"), "title")).containsExactly("Physics", "Algebra");
        assertThat(home.path("recentCourses").path(0).path("trainer").isNull()).isTrue();
        JsonNode overview = home.path("overview");
        assertThat(overview.path("activeCourses").intValue()).isEqualTo(2);
        assertThat(overview.path("waitingForTrainer").intValue()).isEqualTo(1);
        assertThat(overview.path("totalSessions").intValue()).isEqualTo(40);
        assertThat(overview.path("completedSessions").intValue()).isEqualTo(1);
        assertThat(overview.path("upcomingSessions").intValue()).isEqualTo(2);
        assertThat(home.path("trendingCourses").size()).isBetween(1, 5);
    }

    @Test
    void theLearningScreenShowsActiveCoursesWithPurchaseTrainerAndSessions() {
        UUID purchase = rows.purchase(student, rows.course("Algebra"), 10);
        String trainer = rows.trainer("Tom");
        UUID allocation = rows.allocation(purchase, trainer);
        rows.session(allocation, TODAY.minusDays(1), "completed");
        rows.session(allocation, TODAY.plusDays(1), "scheduled");
        UUID unallocated = rows.purchase(student, rows.course("Physics"), 20);
        UUID ended = rows.purchase(student, rows.course("History"), 20);
        backend.jdbc()
                .sql("UPDATE student_course_purchases SET is_active = false WHERE id = :id")
                .param("id", ended)
                .update();

        JsonNode courses = learning(student, "").json().path("activeCourses");

        assertThat(texts(courses, "title")).containsExactly("Physics", "Algebra");
        JsonNode physics = courses.path(0);
        assertThat(physics.path("purchase").path("purchaseId").stringValue()).isEqualTo(unallocated.toString());
        assertThat(physics.path("purchase").path("purchaseTier").intValue()).isEqualTo(20);
        assertThat(physics.has("trainer")).isTrue();
        assertThat(physics.path("trainer").isNull()).isTrue();
        assertThat(physics.path("sessions").size()).isZero();
        JsonNode algebra = courses.path(1);
        assertThat(algebra.path("trainer").path("trainerId").stringValue()).isEqualTo(trainer);
        assertThat(algebra.path("trainer").path("name").stringValue()).isEqualTo("Tom");
        assertThat(algebra.path("allocation").path("status").stringValue()).isEqualTo("approved");
        assertThat(texts(algebra.path("sessions"), "status")).containsExactly("completed", "scheduled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "back\\slash",
                "100%",
                "%2F",
                "a;b=c",
                "what?#",
                "a b+c",
                "\u00e4\u00f6 \ud83d\ude00",
                "..."
            })
    void anIdMayHaveAnyCharacters(String name) {
        student = name + UUID.randomUUID();
        rows.purchase(student, rows.course("Algebra"), 10);

        for (String query : List.of("?force=true", "", "")) {
            assertThat(texts(home(student, query).json().path("recentCourses"), "title"))
                    .as(name)
                    .containsExactly("Algebra");
            assertThat(texts(learning(student, query).json().path("activeCourses"), "title"))
                    .as(name)
                    .containsExactly("Algebra");
        }
        worker.invalidate(student);
    }

    @Test
    void aScreenIsServedFromTheCacheUntilItIsInvalidated() {
        String course = rows.course("Algebra");
        JsonNode empty = home(student, "").json();
        rows.purchase(student, course, 10);
        assertThat(home(student, "").json()).as("from the cache").isEqualTo(empty);
        assertThat(learning(student, "").json().path("activeCourses").size()).isEqualTo(1);

        assertThat(worker.invalidate(student)).hasSize(2);

        assertThat(home(student, "?force=false").json().path("recentCourses").size())
                .isEqualTo(1);
    }

    @Test
    void aCompletedSessionIsNotServedFromTheCacheAsScheduled() {
        UUID purchase = rows.purchase(student, rows.course("Algebra"), 10);
        String trainer = rows.trainer("Tom");
        rows.session(rows.allocation(purchase, trainer), TODAY.plusDays(1), "scheduled");
        String session = home(student, "")
                .json()
                .path("upcomingSessions")
                .path(0)
                .path("sessionId")
                .stringValue();

        Reply completed =
                backend.send(Role.TRAINER, trainer, "POST", "/api/v1/sessions/" + session + "/complete", null);

        assertThat(completed.status()).isEqualTo(200);
        await().until(() -> home(student, "")
                        .json()
                        .path("overview")
                        .path("completedSessions")
                        .intValue()
                == 1);
    }

    @Test
    void forceNeitherReadsNorWritesTheCache() {
        assertThat(home(student, "?force=true").status()).isEqualTo(200);
        assertThat(worker.invalidate(student)).as("nothing was written").isEmpty();
        home(student, "");
        rows.purchase(student, rows.course("Algebra"), 10);

        assertThat(home(student, "?force=true").json().path("recentCourses").size())
                .isEqualTo(1);
        assertThat(home(student, "").json().path("recentCourses").size())
                .as("the entry is as it was")
                .isZero();
    }

    @Test
    void aStudentsScreensAreForThatStudentAndForAdmins() {
        String path = "/api/v1/students/" + student + "/home";
        assertThat(backend.send(Role.ADMIN, "root", "GET", path, null).status()).isEqualTo(200);
        for (Role role : List.of(Role.STUDENT, Role.TRAINER, Role.OPERATOR, Role.USER)) {
            Reply refused = backend.send(role, "somebody-else", "GET", path, null);
            assertThat(refused.status()).as("%s", role).isEqualTo(403);
            assertThat(refused.json().path("detail").stringValue()).contains("your own");
        }
    }

    @Test
    void anOddForceIsRefusedAndNamed() {
        Reply refused = home(student, "?force=perhaps");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.blamed()).containsExactly("force");
    }

    @Test
    void anIdThatNobodyHasIsNotFoundAndNotLogged() {
        assertThat(backend.send(Role.ADMIN, "root", "GET", "/api/v1/students/a%0Ab/home", null)
                        .status())
                .isIn(400, 404);
        assertThat(backend.send(Role.ADMIN, "root", "GET", "/api/v1/students/" + "x".repeat(129) + "/learning", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsTrendingIsWhatWasBoughtMost() {
        StudentTables tables = new StudentTables(backend.jdbc());
        String most = rows.course("Zoology");
        String second = rows.course("Botany");
        for (int i = 0; i < 50; i++) {
            rows.purchase(student + i, most, 10);
            if (i > 0) {
                rows.purchase(student + i, second, 10);
            }
        }

        List<TrendingCourse> trending =
                tables.trendingCourses(TODAY.minusDays(7).atStartOfDay().toInstant(ZoneOffset.UTC), 2);

        assertThat(trending)
                .containsExactly(
                        new TrendingCourse(most, "Zoology", "About it", 50),
                        new TrendingCourse(second, "Botany", "About it", 49));
    }

    @Test
    void howOftenTheCacheAnsweredIsAMetric() {
        home(student, "");
        home(student, "");

        assertThat(backend.send("anybody", "GET", "/metrics", null).response().body())
                .contains("tidings_cache_hit_ratio", "tidings_screen_seconds_count{cache=\"hit\",screen=\"home\"");
    }

    @Test
    void withoutACacheScreensComeFromTheDatabase() {
        try (RunningBackend alone = RunningBackend.withoutSidecar()) {
            for (int i = 0; i < 2; i++) {
                Reply reply = alone.send(Role.STUDENT, student, "GET", "/api/v1/students/" + student + "/home", null);
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.json().path("recentCourses").isArray()).isTrue();
            }
            assertThat(alone.send("anybody", "GET", "/metrics", null).response().body())
                    .contains("tidings_screen_seconds_count{cache=\"unavailable\",screen=\"home\"");
        }
    }

    private Reply home(String id, String query) {
        return backend.send(Role.STUDENT, id, "GET", "/api/v1/students/" + inPath(id) + "/home" + query, null);
    }

    private Reply learning(String id, String query) {
        return backend.send(Role.STUDENT, id, "GET", "/api/v1/students/" + inPath(id) + "/learning" + query, null);
    }

    private static String inPath(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(item -> item.path(field).stringValue()).toList();
    }
}
