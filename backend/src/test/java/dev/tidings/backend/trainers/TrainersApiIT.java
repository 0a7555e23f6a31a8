package dev.tidings.backend.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainers over HTTP, on the real database. */
class TrainersApiIT {
    private static RunningBackend backend;

    private final String path = "/api/v1/admin/trainers/trainer-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.withoutSidecar();
    }

    @AfterAll
    static void stop() {
        backend.close();
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
