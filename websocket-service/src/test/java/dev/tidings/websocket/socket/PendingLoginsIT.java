package dev.tidings.websocket.socket;

import static dev.tidings.websocket.socket.SocketServer.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-RL-1 and R-RL-2 for sockets: pending logins do not count towards the connection limit, and what exceeds a limit is rejected. */
class PendingLoginsIT {
    private static RawUpgrade silent(SocketServer server) {
        RawUpgrade upgrade = RawUpgrade.send(server.uri(""), RawUpgrade.request(server.uri(""), ""));
        assertThat(upgrade.status()).isEqualTo(101);
        return upgrade;
    }

    private static void closeAll(List<? extends AutoCloseable> all) throws Exception {
        for (AutoCloseable one : all) {
            one.close();
        }
    }

    @Test
    void pendingLoginsDoNotUseUpTheConnectionLimit() throws Exception {
        List<RawUpgrade> held = new ArrayList<>();
        try (SocketServer server =
                SocketServer.start("tidings.socket.max-connections=5", "tidings.socket.pending-logins=20")) {
            for (int i = 0; i < 60; i++) {
                held.add(silent(server));
            }
            for (int i = 0; i < 5; i++) {
                try (TestClient user = TestClient.connect(server.uri("?token=" + token("user-" + i)));
                        TestClient byMessage = TestClient.connect(server.uri(""))) {
                    user.next("connected");
                    byMessage.send("{\"type\":\"auth\",\"token\":\"" + token("other-" + i) + "\"}");
                    byMessage.next("connected");
                }
            }
            JsonNode bye = held.getFirst().message();
            assertThat(bye.path("type").asString()).isEqualTo("bye");
            assertThat(bye.path("code").asInt()).isEqualTo(4100);
            assertThat(bye.path("after_ms").asLong()).isBetween(1_000L, 5_000L);
            assertThat(held.getFirst().closeCode()).isEqualTo(4100);
        } finally {
            closeAll(held);
        }
    }

    @Test
    void aUserAboveTheConnectionLimitIsAskedToReconnectLater() throws Exception {
        List<TestClient> users = new ArrayList<>();
        try (SocketServer server = SocketServer.start("tidings.socket.max-connections=3")) {
            for (int i = 0; i < 3; i++) {
                users.add(TestClient.connect(server.uri("?token=" + token("user-" + i))));
                users.getLast().next("connected");
            }
            try (TestClient late = TestClient.connect(server.uri("?token=" + token("late")))) {
                assertThat(late.next("bye").path("after_ms").asLong()).isPositive();
                assertThat(late.closeCode()).isEqualTo(4100);
            }
            users.getFirst().close();
            await().untilAsserted(() -> {
                try (TestClient late = TestClient.connect(server.uri("?token=" + token("late")))) {
                    late.next("connected");
                }
            });
        } finally {
            closeAll(users);
        }
    }

    @Test
    void aLoginWaitsForTheOneBeforeIt() {
        try (SocketServer server = SocketServer.start("tidings.socket.concurrent-logins=1")) {
            server.presence().gate = new CountDownLatch(1);
            try (TestClient first = TestClient.connect(server.uri("?token=" + token("first")))) {
                await().until(() -> server.presence().told.contains("opened user:first"));
                try (TestClient second = TestClient.connect(server.uri("?token=" + token("second")))) {
                    server.presence().gate.countDown();
                    first.next("connected");
                    second.next("connected");
                }
            }
        }
    }

    @Test
    void aLoginThatWaitedTooLongIsAskedToReconnectLater() {
        try (SocketServer server =
                SocketServer.start("tidings.socket.concurrent-logins=1", "tidings.socket.login-queue-timeout=200ms")) {
            server.presence().gate = new CountDownLatch(1);
            try (TestClient first = TestClient.connect(server.uri("?token=" + token("first")))) {
                await().until(() -> server.presence().told.contains("opened user:first"));
                try (TestClient second = TestClient.connect(server.uri("?token=" + token("second")))) {
                    assertThat(second.next("bye").path("after_ms").asLong()).isPositive();
                    assertThat(second.closeCode()).isEqualTo(4100);
                    assertThat(server.presence().told).doesNotContain("opened user:second");
                }
                server.presence().gate.countDown();
                first.next("connected");
            }
        }
    }

    @Test
    void anUpgradeAboveEveryLimitIsRejectedWith503() throws Exception {
        List<RawUpgrade> held = new ArrayList<>();
        try (SocketServer server =
                SocketServer.start("tidings.socket.max-connections=1", "tidings.socket.pending-logins=1")) {
            String request = RawUpgrade.request(server.uri(""), "?token=" + token("user-1"));
            held.add(RawUpgrade.send(server.uri(""), request));
            held.add(silent(server));
            // The first pending login is closed and does not answer, so it is cut: there is room for two more.
            for (int i = 0; i < 20; i++) {
                RawUpgrade upgrade = RawUpgrade.send(server.uri(""), RawUpgrade.request(server.uri(""), ""));
                held.add(upgrade);
                assertThat(upgrade.status()).isIn(101, 503);
                assertThat(upgrade.status() == 101 || upgrade.hasHeader("Retry-After", ""))
                        .isTrue();
            }
            assertThat(held.getFirst().message().path("type").asString()).isEqualTo("connected");
        } finally {
            closeAll(held);
        }
    }

    @Test
    void bytesOfAFrameDoNotExtendTheDeadlineOfTheLogin() {
        try (SocketServer server = SocketServer.start("tidings.socket.auth-timeout=1s");
                RawUpgrade dripping = silent(server)) {
            // If bytes put off the deadline, the server would never close the connection.
            await().pollInterval(Duration.ofMillis(100)).until(() -> !dripping.drip());
            assertThat(dripping.closeCode()).isEqualTo(4201);
        }
    }
}
