package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.DocumentedCommands;
import dev.tidings.systemtests.stack.Documents.Block;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.tokens.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R-DP-5: each command of {@code docs/operations/troubleshooting.md} tells what the chapter says it tells. */
@OnRunningStack
class TheTroubleshootingChapterWorksIT {

    private static final List<Block> BLOCKS = DocumentedCommands.of("docs/operations/troubleshooting.md");

    private final Stack stack;

    TheTroubleshootingChapterWorksIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void itsCommandsRunAsTheyAreWritten() {
        String course = stack.tutoring().newCourse();
        stack.tutoring().addTrainers(course, 1);
        String payment = stack.tutoring().buy("student-1", course, 10);
        stack.tutoring().awaitComplete(payment, 10);
        String ada = stack.tokens().of("ada");
        try (SocketClient socket = stack.replica(1).connect(ada)) {
            stack.tasks().create(ada, "seen while looking");
            String cursor = socket.ledger().awaitTitle("seen while looking").cursor();
            socket.send("{\"type\":\"ping\",\"cursor\":\"%s\"}".formatted(cursor));
            socket.ledger().awaitMessage("pong");
            await("only this connection of ada, who is a user of other documents, too")
                    .until(() -> stack.replica(1).connectionsOf("ada") == 1);
            Map<Block, String> outputs = new HashMap<>();
            try (DocumentedCommands terminal = stack.commands()) {
                terminal.remember("{\"paymentId\":\"%s\"}".formatted(payment));
                BLOCKS.forEach(block -> outputs.put(block, terminal.run(block)));
            }

            assertThat(outputs).hasSizeGreaterThan(10);
            assertThat(output(outputs, "./run status")).containsPattern("websocket-service-1 +\\d+ +\\d+ +up");
            assertThat(output(outputs, "/ws | head")).startsWith("HTTP/1.1 101");
            assertThat(output(outputs, "./run why ada"))
                    .contains("DELIVERED: delivered", "All 1 open connections were sent everything")
                    .doesNotContain("exit code");
            assertThat(output(outputs, "journeys/users")).contains("All 1 open connections were sent everything");
            assertThat(output(outputs, "journeys/events"))
                    .contains("\"stoppedAt\":null")
                    .containsPattern("number \\d+ of user:ada");
            assertThat(output(outputs, "/stats")).contains("\"ada\"");
            assertThat(output(outputs, "since=0")).contains("seen while looking");
            assertThat(output(outputs, "rejected-events")).contains("\"items\"");
            assertThat(output(outputs, "/v1.0/metadata")).contains("\"pubsub\"", "business-events");
            assertThat(output(outputs, "/dapr/subscribe")).contains("business-events");
            assertThat(output(outputs, "tidings_outbox")).contains("tidings_outbox_backlog", "oldest");
            assertThat(output(outputs, "tidings_websocket"))
                    .contains(
                            "tidings_websocket_connections",
                            "tidings_websocket_messages_sent",
                            "tidings_websocket_gaps_healed",
                            "tidings_websocket_slow_consumers");
            assertThat(output(outputs, "FROM processed_events")).contains("SESSIONS_GENERATED cache-worker");
            assertThat(output(outputs, "force=true")).contains("\"overview\"");
        }
    }

    @Test
    void theEventPublishedByHandReachesStudentAndTrainer() {
        try (SocketClient student = connect(1, "student-1", Role.STUDENT);
                SocketClient trainer = connect(2, "trainer-1", Role.TRAINER)) {
            try (DocumentedCommands terminal = stack.commands()) {
                terminal.run(block("SESSION_COMPLETED\", \"timestamp"));
            }

            for (SocketClient socket : new SocketClient[] {student, trainer}) {
                Message message = socket.ledger().awaitMessage("business-event");
                assertThat(message.id()).startsWith("by-hand-");
                assertThat(message.event().path("type").asString()).isEqualTo("SESSION_COMPLETED");
            }
        }
    }

    private SocketClient connect(int replica, String user, Role role) {
        return stack.replica(replica).connect(stack.tokens().of(user, role));
    }

    private static Block block(String part) {
        return BLOCKS.stream()
                .filter(block -> block.code().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block has " + part));
    }

    private static String output(Map<Block, String> outputs, String part) {
        return outputs.getOrDefault(block(part), "");
    }
}
