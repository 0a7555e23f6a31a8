package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** R-PF-10: every event leaves only after its commit, and always leaves. */
@OnRunningStack
class CommittedEventsSurviveACrashIT {

    private final Stack stack;
    private final String user = Users.named("committed");
    private final String token;

    CommittedEventsSurviveACrashIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void whatABackendCommittedAndDidNotPublishIsDeliveredOnceAfterItsRestart() {
        List<String> titles =
                IntStream.range(0, 20).mapToObj(n -> "unsent " + n).toList();
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.sidecarOf("backend").kill();
            titles.forEach(title -> stack.tasks().create(token, title));
            stack.backendPart().kill();
            assertThat(socket.ledger().events()).as("nothing could leave").isEmpty();

            stack.backendPart().start();
            stack.sidecarOf("backend").start();
            socket.ledger().awaitEvents(titles.size());
            stack.backendPart().awaitReady();
            stack.tasks().create(token, "fence");
            socket.ledger().awaitTitle("fence");

            assertThat(socket.ledger().titles())
                    .startsWith(titles.toArray(String[]::new))
                    .hasSize(titles.size() + 1);
            socket.ledger().assertEachOnce();
        }
    }

    /** Killed at any moment between two commits, between commit and publish, or after the publish and before it was noted. */
    @Test
    void aBackendKilledInTheMidstOfItsWorkNeitherLosesNorDoublesAnything() {
        try (SocketClient socket = stack.replica(2).connect(token)) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    IntStream.iterate(0, n -> n + 1).forEach(n -> stack.tasks().create(token, "busy " + n));
                } catch (RuntimeException | AssertionError expected) {
                    // the backend was killed under it
                }
            });
            socket.ledger().awaitEvents(30);
            stack.backendPart().kill();
            await("the writer's end").until(() -> !writer.isAlive());

            stack.backendPart().start();
            stack.backendPart().awaitReady();
            List<String> committed = stack.tasks().titles(token).reversed();
            socket.ledger().awaitEvents(committed.size()).assertTitles(committed);
        }
    }
}
