package dev.tidings.backend.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Trainers over HTTP, on the real database. */
class TrainersApiIT {
    private static RunningBackend backend;

    private final String path = "/api/v1/admin/trainers/trainer-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
    }

    @Test
    void aTrainerIsWrittenAsAWholeAndReadBack() {
        Reply saved = put("""
                {"name": "Ada", "timeZone": "Asia/Tokyo", "skills": ["java", "math", "java"],
                 "availability": [{"day": "friday", "from": "09:00", "to": "24:00"},
                                  {"day": "monday", "from": "00:00", "to": "00:30"}]}
                """);
        assertThat(saved.status()).as(saved.response().body()).isEqualTo(200);
        assertThat(saved.json().path("active").booleanValue()).isTrue();
        assertThat(saved.json().path("skills").toString()).isEqualTo("[\"java\",\"math\"]");
        assertThat(saved.json().path("availability").toString())
                .isEqualTo("[{\"day\":\"monday\",\"from\":\"00:00\",\"to\":\"00:30\"},"
                        + "{\"day\":\"friday\",\"from\":\"09:00\",\"to\":\"24:00\"}]");

        put("{\"name\": \"Ada Abe\", \"active\": false, \"skills\": [], \"availability\": []}");
        Reply read = backend.send(Role.ADMIN, "an-admin", "GET", path, null);
        assertThat(read.json().path("name").stringValue()).isEqualTo("Ada Abe");
        assertThat(read.json().path("timeZone").stringValue()).isEqualTo("UTC");
        assertThat(read.json().path("active").booleanValue()).isFalse();
        assertThat(read.json().path("skills").size()).isZero();
        assertThat(read.json().path("availability").size()).isZero();
    }

    @Test
    void everyUserIdCanStandInAPath() {
        String trainer = "{\"name\": \"Ada\", \"skills\": [], \"availability\": []}";
        Set<String> ids = examplesOfUserIds("accepted");
        ids.addAll(Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(UserId.MAX_LENGTH)
                .filter(UserId::isValid)
                .list()
                .ofSize(30)
                .sample());
        for (String id : ids) {
            Reply saved = backend.send(Role.ADMIN, "an-admin", "PUT", "/api/v1/admin/trainers/" + encoded(id), trainer);
            assertThat(saved.status())
                    .as("%s: %s", encoded(id), saved.response().body())
                    .isEqualTo(200);
            assertThat(saved.json().path("trainerId").stringValue()).isEqualTo(id);
            assertThat(backend.send(Role.TRAINER, id, "GET", "/api/v1/sessions", null)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(backend.jdbc()
                        .sql("SELECT id FROM trainers")
                        .query(String.class)
                        .list())
                .containsAll(ids);
    }

    @Test
    void whatIsNoUserIdIsRefusedInAPathWithAReason() {
        Set<String> ids = examplesOfUserIds("refused");
        ids.removeIf(id -> id.isEmpty()
                || id.startsWith(".")
                || !StandardCharsets.UTF_8.newEncoder().canEncode(id));
        assertThat(ids).hasSizeGreaterThan(10);
        for (String id : ids) {
            // The server refuses some control characters by itself and closes; GET is repeated by the client then, PUT
            // is not.
            Reply reply =
                    backend.send(Role.ADMIN, "an-admin", "GET", "/api/v1/students/" + encoded(id) + "/home", null);
            assertThat(reply.status()).as(encoded(id)).isIn(400, 404);
            if (reply.status() == 404) {
                assertThat(reply.json().path("detail").stringValue()).endsWith(UserId.complaint(id));
            }
        }
    }

    private static Set<String> examplesOfUserIds(String kind) {
        Set<String> ids = new TreeSet<>();
        JsonMapper.shared()
                .readTree(UserId.class.getResourceAsStream("user-ids.json"))
                .path(kind)
                .forEach(example -> ids.add(example.path("id").stringValue()));
        return ids;
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"skills\": [], \"availability\": []} | name",
                "{\"name\": \" \", \"skills\": [], \"availability\": []} | name",
                "{\"name\": \"A\", \"availability\": []} | skills",
                "{\"name\": \"A\", \"skills\": [\"Java!\"], \"availability\": []} | skills",
                "{\"name\": \"A\", \"skills\": []} | availability",
                "{\"name\": \"A\", \"skills\": [], \"availability\": [7]} | availability",
                "{\"name\": \"A\", \"skills\": [], \"availability\": [{\"day\":\"monday\",\"from\":\"17:00\",\"to\":\"09:00\"}]} | availability",
                "{\"name\": \"A\", \"skills\": [], \"availability\": [{\"day\":\"mon\",\"from\":\"07:00\",\"to\":\"09:00\"}]} | availability",
                "{\"name\": \"A\", \"skills\": [], \"availability\": [], \"timeZone\": \"Mars\"} | timeZone",
                "{\"name\": \"A\", \"skills\": [], \"availability\": [], \"active\": \"yes\"} | active",
                "{\"name\": \"A\", \"skills\": [], \"availability\": [], \"salary\": 1} | salary",
            })
    void aWrongFieldIsNamed(String body, String field) {
        Reply reply = put(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.blamed()).containsExactly(field);
    }

    @Test
    void onlyAdministratorsKeepTrainers() {
        for (Role role : new Role[] {Role.STUDENT, Role.TRAINER, Role.OPERATOR, Role.USER}) {
            assertThat(backend.send(role, "somebody", "PUT", path, "{}").status())
                    .isEqualTo(403);
            assertThat(backend.send(role, "somebody", "GET", path, null).status())
                    .isEqualTo(403);
        }
        assertThat(backend.send(Role.ADMIN, "an-admin", "GET", path, null).status())
                .isEqualTo(404);
    }

    private Reply put(String body) {
        return backend.send(Role.ADMIN, "an-admin", "PUT", path, body);
    }
}
