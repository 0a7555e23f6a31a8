package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.RawSocket;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** R-RL-1: 1 000 sockets that never log in, and as many that drip a message without an end, leave users their places. */
@OnRunningStack
@Isolated("measures how long something takes")
class SocketsWithoutALoginTakeNoPlacesIT {
    private static final int SILENT = 1_000;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Stack stack;

    SocketsWithoutALoginTakeNoPlacesIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void aUserWithATokenConnectsWithinASecond() {
        List<RawSocket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < SILENT; i++) {
                RawSocket stranger = RawSocket.connect(stack.replica(1).socket(), "");
                strangers.add(stranger);
                if (i % 2 == 0) {
                    stranger.frame(false, RawSocket.TEXT, new byte[] {' '}, true);
                }
            }
            String user = Users.named("placed");
            String token = stack.tokens().of(user);
            assertWithinASecond(() -> stack.replica(1).connect(token).close());
            assertWithinASecond(() -> {
                try (SocketClient byMessage =
                        SocketClient.to(stack.replica(1).socket()).open()) {
                    byMessage.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
                    byMessage.awaitConnected();
                }
            });
            assertWithinASecond(
                    () -> assertThat(stack.replica(1).poll(token, "").status()).isEqualTo(200));
            assertThat(strangers.getFirst().awaitClose()).isIn(4100, 4201);
        } finally {
            strangers.forEach(RawSocket::close);
        }
    }

    private static void assertWithinASecond(Runnable step) {
        long start = System.nanoTime();
        step.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }
}
