package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.Part;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-TK-2: an append-only record of every event, queryable by operators, in which a change shows. */
@OnRunningStack
class TheAuditLogHasEveryEventAndShowsChangesIT {

    private final Stack stack;
    private final String user = Users.named("user");
    private final String admin = Users.named("admin");
    private final String token;
    private final String adminsToken;
    private final String operatorsToken;

    TheAuditLogHasEveryEventAndShowsChangesIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
        this.adminsToken = stack.tokens().of(admin, Role.ADMIN);
        this.operatorsToken = stack.tokens().of("operator", Role.OPERATOR);
    }

    @Test
    void whatUsersAndAdministratorsDoIsWrittenDownOnceWhateverStopsInBetween() {
        Part recorder = stack.part("audit-log-service");
        String task = stack.tasks().create(token, "audited");
        recorder.kill();
        stack.tasks().complete(token, task);
        String order = stack.orders().create(token);
        recorder.start();
        stack.orders().moveTo("shipped", order, adminsToken);

        await("all four")
                .until(() ->
                        whats("?who=" + user).containsAll(List.of("task.created", "task.completed", "order.created"))
                                && whats("?who=" + admin).contains("order.updated"));
        for (String what : List.of("task.created", "task.completed", "order.created")) {
            assertThat(whats("?who=" + user + "&what=" + what)).hasSize(1);
        }
        assertThat(audit("?who=" + admin)
                        .path("items")
                        .path(0)
                        .path("data")
                        .path("orderId")
                        .asString())
                .isEqualTo(order);
        assertThat(Http.get(stack.backend().resolve("/api/v1/admin/audit"), token)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aChangedEntryIsFound() {
        stack.tasks().create(token, "authentic");
        await("its entry").until(() -> whats("?who=" + user).size() == 1);
        long number = audit("?who=" + user).path("items").path(0).path("number").asLong();
        assertThat(audit("/verification").path("intact").asBoolean()).isTrue();

        change("authentic", "forged", number);
        try {
            JsonNode verification = audit("/verification");
            assertThat(verification.path("intact").asBoolean()).isFalse();
            assertThat(verification.path("fault").path("number").asLong()).isEqualTo(number);
        } finally {
            change("forged", "authentic", number);
        }
        assertThat(audit("/verification").path("intact").asBoolean()).isTrue();
    }

    /** As an owner of the database could. */
    private void change(String before, String after, long number) {
        stack.database().update("ALTER TABLE audit_log DISABLE TRIGGER audit_refuse");
        try {
            stack.database()
                    .update(
                            "UPDATE audit_log SET payload = replace(payload, ?, ?) WHERE number = ?",
                            before,
                            after,
                            number);
        } finally {
            stack.database().update("ALTER TABLE audit_log ENABLE TRIGGER audit_refuse");
        }
    }

    private List<String> whats(String query) {
        return audit(query)
                .path("items")
                .valueStream()
                .map(entry -> entry.path("what").asString())
                .toList();
    }

    private JsonNode audit(String query) {
        Http.Answer answer = Http.get(stack.backend().resolve("/api/v1/admin/audit" + query), operatorsToken);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
