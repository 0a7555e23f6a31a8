package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.SocketClient;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * R-RL-1: while strangers hold sockets that never log in, drip headers and send multipart bodies that never end, a user with a
 * token connects and creates a task within a second, and nothing is left on disk.
 */
@OnRunningStack
@Isolated("measures how long something takes")
class StrangersTakeNoPlacesIT {
    private static final int SILENT_SOCKETS = 1000;
    private static final int DRIPS = 1000;
    private static final int UPLOADS = 200;
    private static final Duration PROMISED = Duration.ofSeconds(1);

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
    private final List<SocketChannel> strangers = new ArrayList<>();

    StrangersTakeNoPlacesIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(Users.named("ada"));
    }

    @Test
    void aUserConnectsAndCreatesATaskWithinASecondWhileStrangersHoldAllTheyCanGet() throws Exception {
        long bytesBefore = bytesOfUploads();
        try (SocketClient warm = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "before");
            warm.ledger().awaitTitle("before");
        }
        Thread dripping = Thread.ofVirtual().unstarted(this::drip);
        try {
            open(SILENT_SOCKETS, stack.replica(1).address(), UPGRADE);
            for (URI service : List.of(stack.backend(), stack.replica(1).address())) {
                open(DRIPS / 2, service, HEADER_IN_PROGRESS);
                open(UPLOADS / 2, service, UPLOAD_IN_PROGRESS);
            }
            dripping.start();

            long start = System.nanoTime();
            try (SocketClient socket = stack.replica(1).connect(token)) {
                socket.ledger().awaitMessage("connected");
                assertThat(since(start)).as("connecting").isLessThan(PROMISED);

                start = System.nanoTime();
                Http.Answer created = stack.tasks().post(token, Tasks.title("meanwhile"));
                assertThat(since(start)).as("creating a task").isLessThan(PROMISED);
                assertThat(created.status()).isEqualTo(201);
                socket.ledger().awaitTitle("meanwhile");
            }
            for (URI service : List.of(stack.backend(), stack.replica(1).address())) {
                start = System.nanoTime();
                assertThat(Http.get(service.resolve("/health/live")).status()).isEqualTo(200);
                assertThat(since(start)).as("health of " + service).isLessThan(PROMISED);
            }
            assertThat(bytesOfUploads() - bytesBefore).as("bytes on disk").isLessThan(100_000);
        } finally {
            dripping.interrupt();
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
        }
        assertThat(bytesOfUploads() - bytesBefore).as("bytes on disk").isLessThan(100_000);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void open(int count, URI service, String text) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel stranger = SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
            stranger.configureBlocking(false);
            strangers.add(stranger);
            send(stranger, text);
        }
    }

    /** A byte to each of them, again and again. */
    private void drip() {
        while (!Thread.currentThread().isInterrupted()) {
            strangers.subList(SILENT_SOCKETS, strangers.size()).forEach(stranger -> send(stranger, "x"));
            try {
                Thread.sleep(Duration.ofMillis(500));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void send(SocketChannel stranger, String text) {
        try {
            stranger.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException ended) {
            // The service has closed the connection, which is its right.
        }
    }

    /** Of files that uploads would make in the folder for temporary files, which the services share with this test. */
    private static long bytesOfUploads() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")), 2)) {
            return files.filter(file -> file.toString().matches("(?i).*(multipart|jetty).*"))
                    .filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
