package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** R-PF-5, R-PF-6, R-PF-14, R-WS-10, R-TK-1: the lines that operators search for, with the values of one purchase. */
@OnRunningStack
class TheLogTellsTheWayOfAPurchaseIT {
    private static final int TIER = 10;

    private final Stack stack;
    private final Tutoring tutoring;
    private final String student = Users.named("student");
    private final String course;
    private final String trainer;

    TheLogTellsTheWayOfAPurchaseIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
        this.course = tutoring.newCourse();
        this.trainer = tutoring.addTrainers(course, 1).getFirst();
    }

    @Test
    void eachPartWritesItsLines() {
        tutoring.home(student, false);
        tutoring.home(student, false);
        String home = "student:home:" + student;
        assertLine(
                "backend",
                "\\[AggregationService] Cache MISS cacheKey=%s reason='.+' durationMs=\\d+ sessionCount=0",
                home);
        assertLine(
                "backend",
                "\\[AggregationService] Cache SET cacheKey=%s ttlSeconds=300 durationMs=\\d+ sessionCount=0",
                home);
        assertLine("backend", "\\[AggregationService] Cache HIT cacheKey=%s durationMs=\\d+ sessionCount=0", home);

        String payment;
        try (SocketClient page = stack.replica(1).connect(tutoring.studentToken(student))) {
            payment = tutoring.buy(student, course, TIER);
            tutoring.awaitComplete(payment, TIER);
            page.ledger()
                    .awaitMessage(
                            "sessions",
                            message -> message.event().path("type").asString("").equals("SESSIONS_GENERATED"));
        }

        assertLine("backend", "Published to topic purchase-confirmed: \\d+ event\\(s\\) in \\d+ ms");
        assertProcessed("purchase-worker", "PURCHASE_CONFIRMED", payment);
        assertLine("purchase-worker", "Published to topic purchase-created: \\d+ event\\(s\\) in \\d+ ms");
        assertProcessed("allocation-worker", "PURCHASE_CREATED", payment);
        assertLine(
                "backend",
                "Sessions created: 10 of purchase [0-9a-f-]{36} for %s with %s, correlationId: %s",
                student,
                trainer,
                payment);
        assertLine("backend", "SESSIONS_GENERATED event emitted, allocation [0-9a-f-]{36}, correlationId: %s", payment);
        assertProcessed("session-worker", "TRAINER_ALLOCATED", payment);
        for (String cause : new String[] {"PURCHASE_CREATED", "TRAINER_ALLOCATED", "SESSIONS_GENERATED"}) {
            assertProcessed("cache-worker", cause, payment);
            for (String screen : new String[] {"home", "learning"}) {
                assertLine(
                        "cache-worker",
                        "\\[CacheWorker] Cache INVALIDATED studentId=%s cacheKey=student:%s:%s reason=%s existedBefore=(true|false) durationMs=\\d+",
                        student,
                        screen,
                        student,
                        cause);
            }
        }
        assertLine(
                "cache-worker",
                "\\[CacheWorker] Cache INVALIDATED studentId=%s cacheKey=%s reason=.* existedBefore=true .*",
                student,
                home);
        assertLine("websocket-service-1", "\\[WebSocket] User connected: %s \\(student\\)", student);
        assertLine("websocket-service-1", "\\[WebSocket] Emitting event to user %s: SESSIONS_GENERATED", student);
        await("the line of the replica that received the event")
                .untilAsserted(() -> assertThat(log("websocket-service-1") + log("websocket-service-2"))
                        .contains(
                                "[WebSocket] Event received: SESSIONS_GENERATED, userId: %s, role: -, shouldReceive: true"
                                        .formatted(student)));
    }

    @Test
    void aFailureIsLoggedWithItsErrorAndStack() {
        BusEvent failing = BusEvent.business("PURCHASE_CONFIRMED", student)
                .onTopic("purchase-confirmed")
                .with("correlationId", UUID.randomUUID().toString());

        stack.publisher().publish(failing);

        await("the failure")
                .untilAsserted(() -> assertThat(log("purchase-worker"))
                        .containsPattern(
                                "(?m)\\[Worker] Failed to process PURCHASE_CONFIRMED event %s of backend \\(attempt 1\\): .+\\R\\S*Exception.*\\R\\tat "
                                        .formatted(failing.id())));
    }

    private void assertProcessed(String worker, String type, String payment) {
        String event = first(
                worker,
                "\\[Worker] Processing %s event ([0-9a-f-]{36}) of \\S+, correlation %s".formatted(type, payment));
        assertLine(worker, "\\[Worker] %s event processed %s in \\d+ ms", type, event);
    }

    private String first(String part, String line) {
        assertLine(part, line);
        var found = Pattern.compile(line).matcher(log(part));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** @param values put into the pattern literally */
    private void assertLine(String part, String pattern, String... values) {
        Object[] quoted = java.util.Arrays.stream(values).map(Pattern::quote).toArray();
        String line = pattern.formatted(quoted);
        await("%s in the log of %s".formatted(line, part))
                .until(() -> Pattern.compile(line).matcher(log(part)).find());
    }

    private String log(String part) {
        return stack.logOf(stack.part(part));
    }
}
