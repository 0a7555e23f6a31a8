package dev.tidings.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class DemoSignInIT {
    private static final String SWITCH = "--tidings.demo-sign-in=true";

    private final Login database = Infrastructure.shared().freshDatabase().backend();

    @Test
    void underTheSwitchAnybodyGetsATokenOfAnyUserAndRole() {
        try (RunningBackend backend = start(SWITCH)) {
            Reply issued = ask(backend, "application/json", "{\"user\":\" ada \",\"role\":\"admin\"}");

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
            assertThat(ask(backend, "application/json", "{\"user\":\"\",\"role\":\"user\"}")
                            .blamed())
                    .containsExactly("user");
            assertThat(ask(backend, "text/plain", "{\"user\":\"ada\",\"role\":\"user\"}")
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void productionRefusesTheSwitch() {
        assertThatThrownBy(() -> start(SWITCH, "--spring.profiles.active=production"))
                .rootCause()
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
