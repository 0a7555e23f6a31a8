package dev.tidings.backend.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-TK-2: the audit log over HTTP, and its rules in the real database. */
class AuditApiIT {
    private static final String PATH = "/api/v1/admin/audit";
    private static RunningBackend backend;

    @BeforeAll
    static void start() {
        backend = RunningBackend.withoutSidecar();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @BeforeEach
    void emptyTheLog() {
        unguarded("TRUNCATE audit_log");
        unguarded("UPDATE audit_head SET number = 0, hash = decode(repeat('00', 32), 'hex')");
    }

    @Test
    void operatorsSeeWhoDidWhatAndWhen() {
        append("order.created", "e-1", "buyer-1");
        append("task.created", "e-2", "user-1");

        JsonNode items = audit("").path("items");
        assertThat(items).hasSize(2);
        JsonNode entry = items.path(1);
        assertThat(entry.path("number").longValue()).isOne();
        assertThat(entry.path("who").stringValue()).isEqualTo("buyer-1");
        assertThat(entry.path("what").stringValue()).isEqualTo("order.created");
        assertThat(entry.path("when").stringValue()).isEqualTo("2026-02-07T12:00:00.000Z");
        assertThat(entry.path("eventId").stringValue()).isEqualTo("e-1");
        assertThat(entry.path("source").stringValue()).isEqualTo("backend");
        assertThat(entry.path("topic").stringValue()).isEqualTo("a-topic");
        assertThat(entry.path("data").path("note").stringValue()).isEqualTo("as it came");
        assertThat(entry.path("hash").stringValue()).hasSize(64);
    }

    @Test
    void othersSeeNothing() {
        for (Role role : List.of(Role.USER, Role.STUDENT, Role.TRAINER)) {
            assertThat(backend.send(role, "nosy", "GET", PATH, null).status()).isEqualTo(403);
            assertThat(backend.send(role, "nosy", "GET", PATH + "/verification", null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(backend.send(Role.ADMIN, "admin", "GET", PATH, null).status())
                .isEqualTo(200);
    }

    @Test
    void theListIsFilteredAndComesInPages() {
        for (int i = 1; i <= 5; i++) {
            append(i % 2 == 0 ? "order.updated" : "order.created", "e-" + i, i < 4 ? "ann" : "bob");
        }

        assertThat(numbers(audit("?who=ann"))).containsExactly(3L, 2L, 1L);
        assertThat(numbers(audit("?who=ann&what=order.updated"))).containsExactly(2L);
        assertThat(numbers(audit("?eventId=e-5&source=backend&topic=a-topic"))).containsExactly(5L);
        assertThat(numbers(audit("?from=2026-02-07T12:00:00Z&to=2026-02-07T12:00:00.001Z")))
                .hasSize(5);
        assertThat(numbers(audit("?to=2026-02-07T12:00:00Z"))).isEmpty();
        JsonNode first = audit("?limit=2");
        assertThat(numbers(first)).containsExactly(5L, 4L);
        assertThat(numbers(audit("?limit=2&cursor=" + first.path("nextCursor").stringValue())))
                .containsExactly(3L, 2L);
        assertThat(get("?whom=ann").blamed()).containsExactly("whom");
        assertThat(get("?from=yesterday").blamed()).containsExactly("from");
    }

    @Test
    void anEventIsRecordedOnceHoweverOftenItComes() {
        append("order.created", "e-1", "ann");
        append("order.created", "e-1", "ann");

        assertThat(numbers(audit(""))).containsExactly(1L);
        assertThat(verification().path("intact").booleanValue()).isTrue();
    }

    @Test
    void appendsAtTheSameTimeMakeOneChainWithoutAGap() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var writer : writers.invokeAll(IntStream.range(0, 100)
                    .mapToObj(i -> Executors.callable(() -> append("t", "e-" + i / 2, "ann")))
                    .toList())) {
                writer.get();
            }
        }

        assertThat(numbers(audit("?limit=100")))
                .isEqualTo(LongStream.iterate(50, n -> n - 1).limit(50).boxed().toList());
        JsonNode verification = verification();
        assertThat(verification.path("intact").booleanValue())
                .as(verification.toString())
                .isTrue();
        assertThat(verification.path("entries").longValue()).isEqualTo(50);
    }

    @Test
    void nobodyChangesOrRemovesAnEntry() {
        append("t", "e-1", "ann");

        for (String sql :
                List.of("UPDATE audit_log SET user_id = 'bob'", "DELETE FROM audit_log", "TRUNCATE audit_log")) {
            assertThatThrownBy(() -> backend.jdbc().sql(sql).update()).hasMessageContaining("only ever added to");
        }
    }

    @Test
    void whoeverGetsPastThatIsFoundOut() {
        for (int i = 1; i <= 4; i++) {
            append("t", "e-" + i, "ann");
        }
        assertThat(verification().path("intact").booleanValue()).isTrue();

        unguarded("UPDATE audit_log SET payload = replace(payload, 'came', 'should have come') WHERE number = 2");
        assertThat(faultyEntry()).isEqualTo(2);
        unguarded("UPDATE audit_log SET hash = audit_hash(audit_log) WHERE number = 2");
        assertThat(faultyEntry()).as("rehashed, so the next does not follow").isEqualTo(3);
        unguarded("DELETE FROM audit_log WHERE number = 2");
        assertThat(faultyEntry()).isEqualTo(2);
    }

    @Test
    void cuttingOffTheEndIsFoundOut() {
        append("t", "e-1", "ann");
        append("t", "e-2", "ann");

        unguarded("DELETE FROM audit_log WHERE number = 2");

        assertThat(faultyEntry()).isEqualTo(2);
    }

    @Test
    void aLongLogIsVerifiedInBoundedSteps() {
        for (int i = 1; i <= 5; i++) {
            append("t", "e-" + i, "ann");
        }

        assertThat(checkedByTwos()).containsExactly(2L, 4L, 5L);
        unguarded("UPDATE audit_log SET user_id = 'bob' WHERE number = 4");
        assertThat(checkedByTwos()).containsExactly(2L, 3L);
        unguarded("UPDATE audit_log SET hash = audit_hash(audit_log) WHERE number = 4");
        assertThat(checkedByTwos()).containsExactly(2L, 4L, 4L);
        unguarded("DELETE FROM audit_log WHERE number > 2");
        assertThat(checkedByTwos()).as("the end is missing").containsExactly(2L, 2L);

        for (String[] wrong : new String[][] {{"after", "x"}, {"hash", "1"}, {"limit", "1&limit=0"}}) {
            assertThat(get("/verification?after=" + wrong[1]).blamed()).containsExactly(wrong[0]);
        }
        assertThat(audit("/verification?after=1&hash=" + "0".repeat(64))
                        .path("fault")
                        .path("number")
                        .longValue())
                .as("a forged start")
                .isEqualTo(2);
    }

    /** Up to which entry each step of two was in order. */
    private static List<Long> checkedByTwos() {
        List<Long> checked = new ArrayList<>();
        String query = "?limit=2&after=0";
        JsonNode step;
        do {
            step = audit("/verification" + query);
            assertThat(step.path("entries").longValue()).isEqualTo(5);
            checked.add(step.path("checked").longValue());
            query = "?limit=2&after=%s&hash=%s"
                    .formatted(
                            step.path("next").path("after").asLong(0),
                            step.path("next").path("hash").asString(""));
        } while (step.path("next").isObject());
        return checked;
    }

    /** As audit-log-service writes it. */
    private static void append(String type, String eventId, String user) {
        backend.jdbc()
                .sql("""
                        INSERT INTO audit_log (topic, event_source, event_id, event_type, user_id, occurred_at, payload)
                        VALUES ('a-topic', 'backend', :eventId, :type, :user, '2026-02-07T12:00:00Z', '{"note": "as it came"}')
                        """)
                .param("eventId", eventId)
                .param("type", type)
                .param("user", user)
                .update();
    }

    /** As an owner of the table who means no good. */
    private static void unguarded(String sql) {
        backend.jdbc().sql("ALTER TABLE audit_log DISABLE TRIGGER audit_refuse").update();
        try {
            backend.jdbc().sql(sql).update();
        } finally {
            backend.jdbc()
                    .sql("ALTER TABLE audit_log ENABLE TRIGGER audit_refuse")
                    .update();
        }
    }

    private static Reply get(String query) {
        return backend.send(Role.OPERATOR, "op-" + UUID.randomUUID(), "GET", PATH + query, null);
    }

    private static JsonNode audit(String query) {
        Reply reply = get(query);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private static JsonNode verification() {
        return audit("/verification");
    }

    private static long faultyEntry() {
        JsonNode verification = verification();
        assertThat(verification.path("intact").booleanValue()).isFalse();
        return verification.path("fault").path("number").longValue();
    }

    private static List<Long> numbers(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("number").longValue())
                .toList();
    }
}
