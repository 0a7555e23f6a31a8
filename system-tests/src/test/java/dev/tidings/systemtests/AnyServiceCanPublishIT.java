package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.ForeignApp;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R-DP-2: a CloudEvent over plain HTTP to a sidecar, by an app that is none of ours, is delivered. */
@OnRunningStack
class AnyServiceCanPublishIT {

    private final Stack stack;
    private final String student = Users.named("student");
    private final String token;

    AnyServiceCanPublishIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(student);
    }

    @Test
    void aForeignAppReachesAUserWhereTheRoutingTableAllowsItsSourceAndTheScopesItsTopic() {
        try (ForeignApp foreign = stack.startForeignApp();
                SocketClient socket = stack.replica(2).connect(token)) {
            BusEvent event = BusEvent.business("COURSE_ACCESS_GRANTED", student)
                    .withSource(ForeignApp.APP_ID)
                    .with("studentId", student)
                    .with("courseId", "course-1");
            foreign.publisher().publish(event);

            Message message = socket.ledger().awaitMessage("business-event");
            assertThat(message.id()).isEqualTo(event.id());
            assertThat(message.text("source")).isEqualTo(ForeignApp.APP_ID);
            assertThat(message.event().path("type").asString()).isEqualTo("COURSE_ACCESS_GRANTED");
            assertThat(message.event().path("courseId").asString()).isEqualTo("course-1");

            BusEvent notTheirs = BusEvent.task(student, "forged").withSource(ForeignApp.APP_ID);
            assertThat(foreign.publisher().tryPublish(notTheirs).status())
                    .as("the sidecar refuses a topic outside of the app's scopes")
                    .isEqualTo(403);
        }
    }

    /** Dapr fills the envelope in by itself, with an id of its own. */
    @Test
    void aPlainJsonBodyIsEnough() {
        try (ForeignApp foreign = stack.startForeignApp();
                SocketClient socket = stack.replica(1).connect(token)) {
            String body = "{\"type\":\"COURSE_ACCESS_GRANTED\",\"timestamp\":1770000000000,\"studentId\":\"%s\"}";
            assertThat(foreign.publisher()
                            .publishRaw("business-events", student, "application/json", body.formatted(student))
                            .status())
                    .isEqualTo(204);
            assertThat(socket.ledger()
                            .awaitMessage("business-event")
                            .event()
                            .path("studentId")
                            .asString())
                    .isEqualTo(student);
        }
    }

    @Test
    void anEventOfASourceThatTheTopicDoesNotKnowIsQuarantinedAndDeliveredToNobody() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            BusEvent forged = BusEvent.task(student, "forged").withSource("somebody");
            stack.publisher().publish(forged);
            stack.publisher().publish(BusEvent.task(student, "real"));
            socket.ledger().awaitTitle("real");
            socket.ledger().assertTitles(List.of("real"));
            assertThat(stack.rejected().await(forged.id()).path("reason").asString())
                    .isNotEmpty();
        }
    }
}
