package dev.tidings.backend.sessions;

import static dev.tidings.backend.Tutoring.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.backend.Tutoring;
import dev.tidings.tokens.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** R-PF-7: sessions over HTTP, on the real database, without a sidecar. */
class SessionsApiIT {
    private static RunningBackend backend;
    private static Tutoring tutoring;

    private final String student = "student-" + UUID.randomUUID();
    private String course = "";
    private String trainer = "";
    private String allocation = "";
    private List<String> sessionIds = List.of();

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
        tutoring = new Tutoring(backend);
    }

    @BeforeEach
    void buy() {
        course = tutoring.course();
        trainer = tutoring.trainer(course);
        JsonNode assigned =
                tutoring.autoAssign(tutoring.purchase(student, course, 10)).json();
        allocation = assigned.path("allocationId").stringValue();
        sessionIds = assigned.path("sessionIds")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void studentAndTrainerSeeTheirSessionsInOrderPageByPage() {
        for (Role role : List.of(Role.STUDENT, Role.TRAINER)) {
            String user = role == Role.STUDENT ? student : trainer;
            List<JsonNode> seen = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = backend.send(role, user, "GET", "/api/v1/sessions?limit=3&cursor=" + next, null)
                        .json();
                page.path("items").forEach(seen::add);
                next = page.path("nextCursor").stringValue(null);
            } while (next != null);

            assertThat(seen)
                    .extracting(session -> session.path("sessionId").stringValue())
                    .isEqualTo(sessionIds);
        }
        JsonNode first = list(Role.STUDENT, student, "").getFirst();
        assertThat(first.path("scheduledTime").stringValue()).isEqualTo("16:00");
        assertThat(first.path("timeZone").stringValue()).isEqualTo("UTC");
        assertThat(first.path("startsAt").stringValue())
                .isEqualTo(first.path("scheduledDate").stringValue() + "T16:00:00.000Z");
        assertThat(first.path("trainerId").stringValue()).isEqualTo(trainer);
        assertThat(first.path("trainerName").stringValue()).isEqualTo("Ada");
        assertThat(first.path("courseTitle").stringValue()).isEqualTo("Title of " + course);
        assertThat(first.path("allocationId").stringValue()).isEqualTo(allocation);
    }

    @Test
    void theListCanBeNarrowedToAStatusAndAStart() {
        complete(sessionIds.getFirst());
        List<JsonNode> all = list(Role.STUDENT, student, "");

        assertThat(list(Role.STUDENT, student, "?status=completed")).isEqualTo(all.subList(0, 1));
        assertThat(list(Role.STUDENT, student, "?status=scheduled")).isEqualTo(all.subList(1, 10));
        assertThat(list(Role.TRAINER, trainer, "?status=cancelled")).isEmpty();
        JsonNode fourth = all.get(3);
        assertThat(list(
                        Role.STUDENT,
                        student,
                        "?from=" + fourth.path("scheduledDate").stringValue()))
                .isEqualTo(all.subList(3, 10));
        assertThat(list(
                        Role.STUDENT,
                        student,
                        "?status=scheduled&from=" + fourth.path("startsAt").stringValue()))
                .isEqualTo(all.subList(3, 10));
        assertThat(list(Role.STUDENT, student, "?from=" + fourth.path("endsAt").stringValue()))
                .isEqualTo(all.subList(4, 10));
    }

    @Test
    void othersSeeNothing() {
        assertThat(list(Role.STUDENT, "another", "")).isEmpty();
        assertThat(list(Role.TRAINER, student, "")).isEmpty();
        assertThat(list(Role.STUDENT, trainer, "")).isEmpty();
        assertThat(backend.send(Role.USER, student, "GET", "/api/v1/sessions", null)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "status=open, status",
        "from=yesterday, from",
        "from=2026-02-30, from",
        "from=2026-02-09T12:00:00, from",
        "from=%2B999999-01-01T00:00:00Z, from",
        "limit=0, limit",
        "cursor=x, cursor"
    })
    void aWrongParameterIsNamed(String query, String field) {
        Reply reply = backend.send(Role.STUDENT, student, "GET", "/api/v1/sessions?" + query, null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.blamed()).containsExactly(field);
    }

    /** R-WS-14: the event names both whom it concerns. */
    @Test
    void completingASessionTellsTheBusOnceHoweverOftenItIsDone() throws Exception {
        String id = sessionIds.getFirst();

        List<Reply> replies = atOnce(10, _ -> complete(id));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("status").stringValue()).isEqualTo("completed");
            assertThat(reply.json().path("completedAt").stringValue()).endsWith("Z");
        });
        List<JsonNode> events = backend.events(student).stream()
                .filter(event -> event.path("type").stringValue().equals("SESSION_COMPLETED"))
                .toList();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path("userId").stringValue()).isEqualTo(trainer);
            assertThat(event.path("role").stringValue()).isEqualTo("trainer");
            assertThat(event.path("sessionId").stringValue()).isEqualTo(id);
            assertThat(event.path("trainerId").stringValue()).isEqualTo(trainer);
            assertThat(event.path("studentId").stringValue()).isEqualTo(student);
            assertThat(event.path("timestamp").isIntegralNumber()).isTrue();
        });
        assertThat(allocationStatus()).isEqualTo("active");
    }

    @Test
    void onlyTheSessionsTrainerMayCompleteIt() {
        String path = "/api/v1/sessions/" + sessionIds.getFirst() + "/complete";

        assertThat(backend.send(Role.STUDENT, student, "POST", path, null).status())
                .isEqualTo(403);
        assertThat(backend.send(Role.TRAINER, "another", "POST", path, null).status())
                .isEqualTo(404);
        assertThat(complete(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(complete("7").status()).isEqualTo(404);
        assertThat(allocationStatus()).isEqualTo("approved");
    }

    @Test
    void aCancelledSessionCannotBeCompleted() {
        backend.send(Role.ADMIN, "an-admin", "POST", "/api/v1/admin/allocations/" + allocation + "/cancel", null);

        assertThat(complete(sessionIds.getFirst()).status()).isEqualTo(409);
        assertThat(list(Role.STUDENT, student, "?status=cancelled")).hasSize(10);
    }

    @Test
    void withTheLastSessionTheAllocationIsCompletedAndTheCourseCanBeBoughtAnew() throws Exception {
        List<Reply> replies = atOnce(10, i -> complete(sessionIds.get(i)));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(allocationStatus()).isEqualTo("completed");
        assertThat(backend.jdbc()
                        .sql("SELECT active_allocations FROM trainers WHERE id = :id")
                        .param("id", trainer)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(tutoring.autoAssign(tutoring.purchase(student, course, 10)).status())
                .isEqualTo(200);
    }

    private Reply complete(String id) {
        return backend.send(Role.TRAINER, trainer, "POST", "/api/v1/sessions/" + id + "/complete", null);
    }

    private String allocationStatus() {
        return backend.jdbc()
                .sql("SELECT status FROM trainer_allocations WHERE id = :id::uuid")
                .param("id", allocation)
                .query(String.class)
                .single();
    }

    private static List<JsonNode> list(Role role, String user, String query) {
        return backend.send(role, user, "GET", "/api/v1/sessions" + query, null)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }
}
