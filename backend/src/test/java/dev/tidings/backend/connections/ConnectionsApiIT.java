package dev.tidings.backend.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** R-OP-1: the lists of the WebSocket service, seen through the backend; OperatorsActInTheConsoleIT has both services. */
class ConnectionsApiIT {
    private static final String CONNECTIONS = "/api/v1/admin/connections";
    private static final String REJECTED_EVENTS = "/api/v1/admin/rejected-events";

    private final RunningBackend backend = RunningBackend.shared();
    private final String operator = "olga-" + UUID.randomUUID();

    @Test
    void theListsAreForOperators() {
        String close = CONNECTIONS + "/" + UUID.randomUUID() + "/close";
        for (Role role : List.of(Role.USER, Role.STUDENT, Role.TRAINER)) {
            assertThat(send(role, "GET", CONNECTIONS).status()).isEqualTo(403);
            assertThat(send(role, "GET", REJECTED_EVENTS).status()).isEqualTo(403);
            assertThat(send(role, "POST", close).status()).isEqualTo(403);
        }
        assertThat(recorded()).isEmpty();
    }

    @Test
    void aServiceThatIsAwayIsSaidAndTheAttemptIsRecorded() {
        for (Role role : List.of(Role.OPERATOR, Role.ADMIN)) {
            for (String path : List.of(CONNECTIONS + "?user=ada", REJECTED_EVENTS + "?reason=NOT_JSON")) {
                Reply reply = send(role, "GET", path);
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.json().path("detail").stringValue())
                        .startsWith("the WebSocket service cannot be asked");
            }
        }
        String id = UUID.randomUUID().toString();
        assertThat(send(Role.OPERATOR, "POST", CONNECTIONS + "/" + id + "/close")
                        .status())
                .isEqualTo(503);
        assertThat(recorded())
                .hasSize(2)
                .allMatch(entry -> entry.startsWith("operator.connection.close " + id))
                .anyMatch(entry -> entry.endsWith("requested"))
                .anyMatch(entry -> entry.contains("failed: the WebSocket service cannot be asked"));
    }

    @Test
    void aBadRequestIsAnsweredHere() {
        assertThat(send(Role.OPERATOR, "GET", CONNECTIONS + "?users=ada").blamed())
                .containsExactly("users");
        assertThat(send(Role.OPERATOR, "GET", CONNECTIONS + "?user=" + "u".repeat(257))
                        .blamed())
                .containsExactly("user");
        assertThat(send(Role.OPERATOR, "GET", REJECTED_EVENTS + "?topic=%01").blamed())
                .containsExactly("topic");
        assertThat(send(Role.OPERATOR, "POST", CONNECTIONS + "/x/close").status())
                .isEqualTo(404);
        assertThat(recorded()).isEmpty();
    }

    private Reply send(Role role, String method, String path) {
        return backend.send(role, operator, method, path, null);
    }

    private List<String> recorded() {
        return backend.jdbc()
                .sql("""
                        SELECT event_type || ' ' || (payload::json ->> 'target') || ' ' || (payload::json ->> 'outcome')
                        FROM audit_log WHERE topic = 'operator-actions' AND user_id = ? ORDER BY number
                        """)
                .param(operator)
                .query((row, n) -> row.getString(1))
                .list();
    }
}
