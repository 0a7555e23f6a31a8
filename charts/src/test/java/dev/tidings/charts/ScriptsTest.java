package dev.tidings.charts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** R-DP-3: the scripts that run in the pods of the services say what they wait for. */
class ScriptsTest {

    private static final Path SCRIPTS = Chart.TIDINGS.resolve("files/scripts");
    private static final Program BASH = new Program(Path.of("bash"));

    @Test
    void aPodWithoutASidecarDoesNotCountAsStarted() throws IOException {
        try (Answering service = new Answering(200)) {
            Program.Result started = run("started.sh", Map.of("SERVER_PORT", service.port()));

            assertThat(started.exitCode()).isOne();
            assertThat(started.output()).contains("This pod has no sidecar").hasLineCount(1);
        }
    }

    @Test
    void aServiceHasStartedWhenItAndItsSidecarAnswer() throws IOException {
        try (Answering service = new Answering(200);
                Answering sidecar = new Answering(204);
                Answering unready = new Answering(500)) {
            assertThat(run("started.sh", Map.of("SERVER_PORT", service.port(), "DAPR_HTTP_PORT", sidecar.port())))
                    .isEqualTo(new Program.Result(0, ""));
            assertThat(run("started.sh", Map.of("SERVER_PORT", service.port(), "DAPR_HTTP_PORT", unready.port()))
                            .output())
                    .contains("The sidecar is not ready");
            assertThat(run("started.sh", Map.of("SERVER_PORT", unready.port(), "DAPR_HTTP_PORT", sidecar.port()))
                            .output())
                    .contains("The service does not answer");
        }
    }

    @Test
    void aServiceWaitsUntilOneOfTheBrokersTakesConnections() throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder =
                new ProcessBuilder("bash", SCRIPTS.resolve("wait.sh").toString());
        builder.environment().put("KAFKA", "localhost:1,127.0.0.1:" + port);
        Process waiting = builder.redirectErrorStream(true).start();
        try (InputStream output = waiting.getInputStream()) {
            String line = new String(output.readNBytes(5), StandardCharsets.UTF_8);
            assertThat(line).isEqualTo("KAFKA");
            assertThat(waiting.isAlive()).isTrue();

            try (ServerSocket broker = new ServerSocket(port, 1, loopback)) {
                assertThat(broker.isBound()).isTrue();
                assertThat(waiting.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(waiting.exitValue()).isZero();
        } finally {
            waiting.destroyForcibly();
        }
    }

    @Test
    void aSidecarWithoutItsStoresIsEndedWhenRedisIsBack() throws IOException, InterruptedException {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        HttpServer sidecar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sidecar.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod()
                    + exchange.getRequestURI().getPath()
                    + exchange.getRequestHeaders().getFirst("dapr-api-token"));
            byte[] answer = "{\"components\":[{\"name\":\"pubsub\",\"type\":\"pubsub.kafka\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        sidecar.start();
        int redis;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            redis = free.getLocalPort();
        }
        ProcessBuilder builder =
                new ProcessBuilder("bash", SCRIPTS.resolve("stores.sh").toString());
        builder.environment()
                .putAll(Map.of(
                        "SIDECAR",
                        "127.0.0.1:" + sidecar.getAddress().getPort(),
                        "REDIS",
                        "127.0.0.1:" + redis,
                        "DAPR_API_TOKEN",
                        "-token",
                        "PAUSE",
                        "0.1"));
        Process watching = builder.inheritIO().start();
        try {
            for (int i = 0; i < 4; i++) {
                assertThat(requests.poll(30, TimeUnit.SECONDS)).isEqualTo("GET/v1.0/metadata-token");
            }
            try (ServerSocket back = new ServerSocket(redis, 1, InetAddress.getLoopbackAddress())) {
                assertThat(back.isBound()).isTrue();
                String next = "";
                while (next.isEmpty() || next.startsWith("GET")) {
                    next = requireNonNull(requests.poll(30, TimeUnit.SECONDS));
                }
                assertThat(next).isEqualTo("POST/v1.0/shutdown-token");
            }
            watching.destroy();
            assertThat(watching.waitFor(30, TimeUnit.SECONDS))
                    .as("ends with its pod")
                    .isTrue();
        } finally {
            watching.destroyForcibly();
            sidecar.stop(0);
        }
    }

    private static Program.Result run(String script, Map<String, String> environment) {
        return BASH.run(environment, SCRIPTS.resolve(script).toString());
    }

    /** Answers every request with one status. */
    private static final class Answering implements AutoCloseable {
        private final HttpServer server;

        Answering(int status) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        String port() {
            return String.valueOf(server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
