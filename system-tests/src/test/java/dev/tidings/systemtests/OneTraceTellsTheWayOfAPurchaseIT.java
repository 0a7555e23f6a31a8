package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.TraceCollector.ServiceSpan;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import io.opentelemetry.proto.trace.v1.Span;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** R-OP-3: a collector receives a purchase as one trace, from the request to the acknowledgement of the student's page. */
@OnRunningStack
class OneTraceTellsTheWayOfAPurchaseIT {
    private static final int TIER = 10;

    /** The span of the student's browser. */
    private static final String CALLER = "00f067aa0ba902b7";

    private final Stack stack;

    OneTraceTellsTheWayOfAPurchaseIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theRequestTheWorkersAndTheScreenAreInOneTrace() {
        Tutoring tutoring = stack.tutoring();
        String student = Users.named("traced");
        String course = tutoring.newCourse();
        tutoring.addTrainers(course, 1);
        String payment = tutoring.pay(student, course, TIER, "16:00");
        // Below the share of requests that the stack records.
        String traceId = "4bf92f3577b34da60000" + HexFormat.of().formatHex(new SecureRandom().generateSeed(6));
        try (SocketClient page = stack.replica(1).connect(tutoring.studentToken(student))) {

            tutoring.confirm(student, payment, "00-%s-%s-01".formatted(traceId, CALLER));

            String cursor = page.ledger()
                    .awaitMessage(
                            "sessions",
                            message -> message.event().path("type").asString("").equals("SESSIONS_GENERATED"))
                    .cursor();
            page.send("{\"type\":\"ping\",\"cursor\":\"%s\"}".formatted(cursor));

            await("the whole trace").untilAsserted(() -> {
                assertThat(titles(traceId))
                        .contains(
                                "backend: POST /api/v1/payments/{id}/confirm",
                                "backend: publish PURCHASE_CONFIRMED",
                                "purchase-worker: process PURCHASE_CONFIRMED",
                                "purchase-worker: publish PURCHASE_CREATED",
                                "allocation-worker: process PURCHASE_CREATED",
                                "backend: publish TRAINER_ALLOCATED",
                                "session-worker: process TRAINER_ALLOCATED",
                                "cache-worker: process SESSIONS_GENERATED",
                                "websocket-service: process SESSIONS_GENERATED",
                                "websocket-service: send business-event",
                                "websocket-service: acknowledged");
                Set<String> ids = of(traceId).stream().map(ServiceSpan::spanId).collect(Collectors.toSet());
                assertThat(of(traceId))
                        .as("every span hangs on another one of the trace, the first on the caller's")
                        .allSatisfy(span -> assertThat(ids.contains(span.parentId())
                                        || span.parentId().equals(CALLER))
                                .as(span.title())
                                .isTrue());
                assertThat(of(traceId))
                        .filteredOn(span -> span.parentId().equals(CALLER))
                        .hasSize(1);
                assertThat(linksTo(traceId))
                        .as("spans of batches with links to the events of the trace")
                        .contains(
                                "purchase-worker: batch purchase-confirmed",
                                "websocket-service: batch sessions-generated");
            });
        }
    }

    private List<ServiceSpan> of(String traceId) {
        return stack.traces().spans().stream()
                .filter(span -> span.traceId().equals(traceId))
                .toList();
    }

    private List<String> titles(String traceId) {
        return of(traceId).stream().map(ServiceSpan::title).toList();
    }

    private List<String> linksTo(String traceId) {
        return stack.traces().spans().stream()
                .filter(span -> span.span().getLinksList().stream().anyMatch(link -> isOf(traceId, link)))
                .map(ServiceSpan::title)
                .toList();
    }

    private static boolean isOf(String traceId, Span.Link link) {
        return HexFormat.of().formatHex(link.getTraceId().toByteArray()).equals(traceId);
    }
}
