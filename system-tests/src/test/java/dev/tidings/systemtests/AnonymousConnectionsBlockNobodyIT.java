package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.RawSocket;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.ChangingFolder;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tasks;
import dev.tidings.systemtests.stack.Users;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * R-RL-1: unauthenticated connections do not use up the connection limits of users. While clients without a token hold every socket they
 * can get, a user with a token connects and creates a task within a second, and nothing is left on disk.
 */
@OnRunningStack
@Isolated("measures how long something takes")
class AnonymousConnectionsBlockNobodyIT {

    private static final int PENDING_LOGINS = 1_000;
    private static final int SLOW_HEADERS = 1_000;
    private static final int UPLOADS = 200;
    private static final Duration PROMISED = Duration.ofSeconds(1);
    /** All attempts are over before the service closes the first pending login. */
    private static final int ATTEMPTS = 3;

    private static final String UPGRADE = """
            GET /ws HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;
    private static final String HEADER_IN_PROGRESS = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    private static final String UPLOAD_IN_PROGRESS =
            "POST /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
                    + "x".repeat(20_000);

    private final Stack stack;
    private final String token;
    private final List<SocketChannel> anonymous = new ArrayList<>();

    AnonymousConnectionsBlockNobodyIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(Users.named("ada"));
    }

    @Test
    void aUserConnectsAndCreatesATaskWithinASecondWhateverAnonymousClientsHold() throws Exception {
        long bytesBefore = bytesOfUploads();
        try (SocketClient warm = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "before");
            warm.ledger().awaitTitle("before");
        }
        List<URI> services = List.of(stack.backend(), stack.replica(1).address());
        Thread dripping = Thread.ofVirtual().unstarted(this::drip);
        try {
            open(PENDING_LOGINS, stack.replica(1).address(), UPGRADE);
            for (URI service : services) {
                open(SLOW_HEADERS / 2, service, HEADER_IN_PROGRESS);
                open(UPLOADS / 2, service, UPLOAD_IN_PROGRESS);
            }
            dripping.start();

            assertPrompt("connecting", () -> stack.replica(1).connect(token).close());
            assertPrompt(
                    "creating a task",
                    () -> assertThat(stack.tasks()
                                    .post(token, Tasks.title("meanwhile"))
                                    .status())
                            .isEqualTo(201));
            for (URI service : services) {
                assertPrompt(
                        "the health of " + service,
                        () -> assertThat(Http.get(service.resolve("/health/live"))
                                        .status())
                                .isEqualTo(200));
            }
            assertThat(bytesOfUploads() - bytesBefore).as("bytes on disk").isLessThan(100_000);
        } finally {
            dripping.interrupt();
            for (SocketChannel channel : anonymous) {
                channel.close();
            }
        }
        assertThat(bytesOfUploads() - bytesBefore).as("bytes on disk").isLessThan(100_000);
    }

    /** Every second one of them sends the beginning of a message that has no end. */
    @Test
    void aUserLogsInByEveryWayWithinASecondWhileTheLimitOfPendingLoginsIsReached() {
        List<RawSocket> pending = new ArrayList<>();
        try {
            for (int i = 0; i < PENDING_LOGINS; i++) {
                RawSocket socket = RawSocket.connect(stack.replica(1).socket(), "");
                pending.add(socket);
                if (i % 2 == 0) {
                    socket.frame(false, RawSocket.TEXT, new byte[] {' '}, true);
                }
            }

            assertPrompt(
                    "a login in the URL", () -> stack.replica(1).connect(token).close());
            assertPrompt("a login by message", () -> {
                try (SocketClient byMessage =
                        SocketClient.to(stack.replica(1).socket()).open()) {
                    byMessage.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
                    byMessage.awaitConnected();
                }
            });
            assertPrompt(
                    "polling",
                    () -> assertThat(stack.replica(1).poll(token, "").status()).isEqualTo(200));

            assertThat(pending.getFirst().awaitClose()).isIn(4100, 4201);
        } finally {
            pending.forEach(RawSocket::close);
        }
    }

    private static void assertPrompt(String what, Runnable attempt) {
        Promptness.assertWithin(PROMISED, ATTEMPTS, what, attempt);
    }

    private void open(int count, URI service, String text) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
            channel.configureBlocking(false);
            anonymous.add(channel);
            send(channel, text);
        }
    }

    /** Sends a byte to each of them, again and again. */
    private void drip() {
        while (!Thread.currentThread().isInterrupted()) {
            anonymous.subList(PENDING_LOGINS, anonymous.size()).forEach(channel -> send(channel, "x"));
            try {
                Thread.sleep(Duration.ofMillis(500));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void send(SocketChannel channel, String text) {
        try {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException ended) {
            // The service has closed the connection, which it may.
        }
    }

    /**
     * Returns the size of the files of uploads in the folder for temporary files, which the services share with this test. Other
     * programs remove files there at the same time.
     */
    private static long bytesOfUploads() throws IOException {
        AtomicLong bytes = new AtomicLong();
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        ChangingFolder.visit(folder, 2, (file, attributes) -> {
            if (attributes.isRegularFile() && file.toString().matches("(?i).*(multipart|jetty).*")) {
                bytes.addAndGet(attributes.size());
            }
        });
        return bytes.get();
    }
}
