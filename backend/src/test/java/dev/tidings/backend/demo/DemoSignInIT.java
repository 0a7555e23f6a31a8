package dev.tidings.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoSignInIT {
    private static final String SWITCH = "--tidings.demo-sign-in=true";

    private final Login database = Infrastructure.shared().freshDatabase().backend();

    @Test
    void underTheSwitchAnybodyGetsATokenOfAnyUserAndRole() {
        try (RunningBackend backend = start(SWITCH)) {
            Reply issued = ask(backend, "application/json", "{\"user\":\"ada\",\"role\":\"admin\"}");

            assertThat(issued.status()).isEqualTo(200);
            assertThat(issued.json().path("userId").stringValue()).isEqualTo("ada");
            assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
            assertThat(backend.send(HttpRequest.newBuilder(backend.uri("/api/v1/admin/orders"))
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + issued.json()
                                                            .path("token")
                                                            .stringValue())
                                    .build())
                            .status())
                    .isEqualTo(200);

            assertThat(ask(backend, "application/json", "{\"user\":\"ada\",\"role\":\"queen\"}")
                            .blamed())
                    .containsExactly("role");
            assertThat(ask(backend, "application/json", "{\"user\":\" ada\",\"role\":\"user\"}")
                            .blamed())
                    .containsExactly("user");
            assertThat(ask(backend, "application/json", "{\"user\":\"\",\"role\":\"user\"}")
                            .blamed())
                    .containsExactly("user");
            assertThat(ask(backend, "text/plain", "{\"user\":\"ada\",\"role\":\"user\"}")
                            .status())
                    .isEqualTo(415);
        }
    }

    /** A foreign page whose name resolves to this machine has the same origin as the backend. Only the Host header differs. */
    @Test
    void onlyTheMachineItselfAndConfiguredHostsAreAnswered() throws IOException {
        try (RunningBackend backend = start(SWITCH, "--tidings.demo-hosts=demo.example.com,demo.example.org")) {
            for (String host : List.of("localhost", "127.0.0.1:8000", "[::1]:8000", "demo.example.org:443")) {
                assertThat(answer(backend, host)).as(host).startsWith("HTTP/1.1 200 ");
                assertThat(answer(backend, host + "\r\nOrigin: http://" + host))
                        .as(host)
                        .startsWith("HTTP/1.1 200 ");
            }
            for (String host : List.of(
                    "evil.example",
                    "evil.example:8000",
                    "localhost.evil.example",
                    "127.0.0.1.nip.io",
                    "evil.example\r\nX-Forwarded-Host: localhost")) {
                assertThat(answer(backend, host))
                        .as(host)
                        .startsWith("HTTP/1.1 421 ")
                        .contains("application/problem+json")
                        .contains("TIDINGS_DEMO_HOSTS")
                        .doesNotContain("\"token\"");
            }
        }
    }

    /** The JDK's client sends no Host of one's own. */
    private static String answer(RunningBackend backend, String host) throws IOException {
        String body = "{\"user\":\"ada\",\"role\":\"admin\"}";
        try (Socket socket = new Socket("127.0.0.1", backend.uri("/").getPort())) {
            socket.getOutputStream()
                    .write("""
                            POST /api/v1/demo/token HTTP/1.1\r
                            Host: %s\r
                            Content-Type: application/json\r
                            Content-Length: %d\r
                            Connection: close\r
                            \r
                            %s""".formatted(host, body.length(), body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void productionRefusesTheSwitch() {
        assertThatThrownBy(() -> start(SWITCH, "--spring.profiles.active=production"))
                .hasMessageContaining("TIDINGS_DEMO_SIGN_IN");
    }

    private RunningBackend start(String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "--tidings.sidecar.http-port=1";
        all[1] = "--tidings.sidecar.grpc-port=1";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return RunningBackend.on(database, all);
    }

    private static Reply ask(RunningBackend backend, String contentType, String body) {
        return backend.send(HttpRequest.newBuilder(backend.uri("/api/v1/demo/token"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
