package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.DocumentedCommands;
import dev.tidings.systemtests.stack.Documents;
import dev.tidings.systemtests.stack.Documents.Block;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Item by item, what a reader of the documents types works (R-DP-4, R-DP-5). {@code TheTroubleshootingChapterWorksIT} has that chapter. */
@OnRunningStack
class TheDocumentsRunAsTheyStandIT {

    private final Stack stack;

    TheDocumentsRunAsTheyStandIT(Stack stack) {
        this.stack = stack;
    }

    static Stream<String> documents() {
        return Documents.all().stream()
                .filter(document -> !DocumentedCommands.of(document).isEmpty())
                .filter(document -> !document.endsWith("/troubleshooting.md"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theCommandsOfADocumentSucceed(String document) {
        try (DocumentedCommands terminal = stack.commands()) {
            prepare(document, terminal);
            for (Block block : DocumentedCommands.of(document)) {
                assertThat(terminal.run(block)).as(block.toString()).isNotNull();
            }
        }
    }

    @Test
    void theReadmesCommandsShowWhatItSays() {
        try (DocumentedCommands terminal = stack.commands()) {
            for (Block block : DocumentedCommands.of("README.md")) {
                if (block.code().contains("cursor=<cursor>")) {
                    await("the task on both connections").until(() -> updates(terminal) >= 2);
                }
                terminal.run(block);
            }
            Block create = DocumentedCommands.of("README.md").stream()
                    .filter(block -> block.code().contains("Write to Charles"))
                    .findFirst()
                    .orElseThrow();
            terminal.run(create);

            await("another task on both connections, and on the one that resumed after the first task")
                    .until(() -> updates(terminal) >= 5);
            assertThat(terminal.printed())
                    .contains("WebSocket connected successfully", "Write to Charles", "\"total_users\"");
        }
    }

    private static int updates(DocumentedCommands terminal) {
        return terminal.printed().split("\"type\":\"task_update\"", -1).length - 1;
    }

    /** What a reader has before the document is opened. */
    private void prepare(String document, DocumentedCommands terminal) {
        switch (document) {
            case "docs/tutoring.md" -> {
                stack.database()
                        .update(
                                "INSERT INTO courses (id, title, skill) VALUES ('course-java', 'Java', 'course-java') ON CONFLICT DO NOTHING");
                stack.database()
                        .update(
                                "INSERT INTO course_tiers (course_id, tier, price) VALUES ('course-java', 10, 250) ON CONFLICT DO NOTHING");
                stack.tutoring().addTrainers("course-java", 1);
            }
            case "docs/operations/dead-letters.md" -> {
                String payment = UUID.randomUUID().toString();
                for (int i = 0; i < 2; i++) {
                    stack.publisher().publish(confirmationOf(payment));
                }
                terminal.remember("{\"paymentId\":\"%s\"}".formatted(payment));
                await("dead letters").until(() -> letters(payment) == 2);
            }
            default -> {}
        }
    }

    private static BusEvent confirmationOf(String missingPayment) {
        String student = Users.named("student");
        return BusEvent.business("PURCHASE_CONFIRMED", student)
                .onTopic("purchase-confirmed")
                .with("studentId", student)
                .with("paymentId", missingPayment)
                .with("correlationId", missingPayment);
    }

    private long letters(String payment) {
        return stack.database()
                .number("SELECT count(*) FROM dead_letter WHERE status = 'open' AND correlation_id = ?", payment);
    }
}
