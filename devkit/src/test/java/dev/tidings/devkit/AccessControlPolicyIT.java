package dev.tidings.devkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dapr-components/access-control.yaml as in a cluster: sidecars with certificates of a sentry. */
class AccessControlPolicyIT {
    private static final String TARGET = "target";

    /** The sidecar of the app that is called drops the headers that a caller names here. */
    private static final String HIDE_CALLER =
            "Connection: dapr-caller-app-id, dapr-caller-namespace, dapr-callee-app-id, x-forwarded-for, x-forwarded-host, forwarded\r\n";

    @TempDir
    private static Path folder;

    private static final Map<String, Daprd> sidecars = new HashMap<>();
    private static ManagedProcess sentry;
    private static HttpServer app;

    @BeforeAll
    static void start() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        app.start();
        int port = Ports.free();
        sentry = startSentry(port);
        Map<String, String> environment =
                new HashMap<>(DaprComponents.environment("", "", "", folder.resolve("names.db")));
        environment.put("DAPR_TRUST_ANCHORS", Files.readString(folder.resolve("ca.crt")));
        environment.put("NAMESPACE", "default");
        for (String name : List.of(TARGET, "backend", "allocation-worker", "announcements")) {
            SidecarSpec spec = SidecarSpec.of(name)
                    .withConfig(DaprComponents.folder().resolve("config.yaml"))
                    .withEnv(environment)
                    .withOption("enable-mtls", "true")
                    .withOption("sentry-address", "127.0.0.1:" + port)
                    .withOption("control-plane-trust-domain", "cluster.local");
            sidecars.put(name, start(name.equals(TARGET) ? asTarget(spec) : spec));
        }
        SidecarSpec plain = SidecarSpec.of("plain")
                .withConfig(DaprComponents.folder().resolve("config.yaml"))
                .withEnv(environment);
        sidecars.put("plain", start(plain));
        sidecars.values().forEach(Daprd::awaitReady);
        await().until(() -> call("backend", "POST", "/events/order.created", "") == 200);
    }

    @AfterAll
    static void stop() {
        sidecars.values().forEach(Daprd::kill);
        sentry.stop();
        app.stop(0);
    }

    @Test
    void threeCallsAreAllowedAndNoOther() throws Exception {
        List<Callable<Optional<String>>> calls = new ArrayList<>();
        for (String caller : List.of("backend", "allocation-worker", "announcements", "plain")) {
            for (String call : List.of(
                    "POST /events/order.created",
                    "PUT /events/order.created",
                    "GET /events/order.created",
                    "DELETE /events/order.created",
                    "GET /dapr/subscribe",
                    "POST /api/v1/admin/allocations/auto-assign",
                    "GET /api/v1/admin/allocations/auto-assign",
                    "GET /api/v1/admin/deliveries/user?id=x",
                    "POST /api/v1/admin/deliveries/user",
                    "GET /api/v1/admin/dead-letters",
                    "POST /api/tasks",
                    "GET /health",
                    "GET /stats",
                    "POST /%2565vents/order.created")) {
                String[] methodAndPath = call.split(" ");
                calls.add(() -> call(caller, methodAndPath[0], methodAndPath[1], "") == 200
                        ? Optional.of(caller + " " + call)
                        : Optional.empty());
            }
        }
        List<String> allowed = new ArrayList<>();
        // At once: a sidecar tries a call that is refused four times, with a second between.
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Optional<String>> call : callers.invokeAll(calls)) {
                call.get().ifPresent(allowed::add);
            }
        }

        assertThat(allowed)
                .containsExactlyInAnyOrder(
                        "allocation-worker POST /api/v1/admin/allocations/auto-assign",
                        "backend GET /api/v1/admin/deliveries/user?id=x",
                        "backend POST /events/order.created");
    }

    @Test
    void aCallerIsKnownByItsCertificateWhateverItSays() throws IOException {
        for (String disguise : List.of(
                "dapr-caller-app-id: backend\r\n", HIDE_CALLER, "dapr-caller-app-id: backend\r\n" + HIDE_CALLER)) {
            assertThat(call("announcements", "POST", "/events/order.created", disguise))
                    .as(disguise)
                    .isEqualTo(403);
        }
    }

    private static SidecarSpec asTarget(SidecarSpec spec) {
        return spec.withAppPort(app.getAddress().getPort())
                .withOption(
                        "config",
                        DaprComponents.folder().resolve("access-control.yaml").toString());
    }

    private static Daprd start(SidecarSpec spec) {
        return Daprd.start(DaprdBinary.locate(_ -> {}), spec, folder.resolve(spec.appId() + ".log"));
    }

    private static ManagedProcess startSentry(int port) throws IOException {
        int health = Ports.free();
        Path configuration = Files.writeString(folder.resolve("sentry.yaml"), """
                apiVersion: dapr.io/v1alpha1
                kind: Configuration
                metadata: {name: daprsystem}
                spec: {}
                """);
        ManagedProcess process = ManagedProcess.named("sentry")
                .command(
                        GoTool.named("sentry", _ -> {}).toString(),
                        "--issuer-credentials=" + folder,
                        "--trust-domain=cluster.local",
                        "--config=" + configuration,
                        "--enable-metrics=false",
                        "--listen-address=127.0.0.1",
                        "--port=" + port,
                        "--healthz-listen-address=127.0.0.1",
                        "--healthz-port=" + health)
                .log(folder.resolve("sentry.log"))
                .readyWhen(
                        Readiness.http(URI.create("http://127.0.0.1:" + health + "/healthz")), Duration.ofSeconds(30))
                .start();
        return process.awaitReady();
    }

    /** By hand: a client of Java refuses to send the header Connection. */
    private static int call(String caller, String method, String path, String headers) throws IOException {
        int port = Objects.requireNonNull(sidecars.get(caller)).httpPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("%s /v1.0/invoke/%s/method%s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: 0\r\n\r\n"
                            .formatted(method, TARGET, path, headers)
                            .getBytes(ISO_8859_1));
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
            return Integer.parseInt(status.split(" ")[1]);
        }
    }
}
