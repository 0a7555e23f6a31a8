package dev.tidings.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.devkit.Infrastructure;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** R-WS-10: no log line shows a token, even with the root logger at debug. */
@ExtendWith(OutputCaptureExtension.class)
class TokensAreNotLoggedIT {
    @Test
    void notEvenWhenEverythingElseIsLogged(CapturedOutput output) {
        String good = RunningBackend.token("user-123");
        String expired = RunningBackend.token("user-123", Duration.ofHours(-1));
        try (RunningBackend backend = RunningBackend.on(
                Infrastructure.shared().freshDatabase().backend(),
                "--tidings.sidecar.http-port=1",
                "--tidings.sidecar.grpc-port=1",
                "--logging.level.root=debug")) {
            for (String token : List.of(good, expired)) {
                for (String path : List.of("/api/tasks", "/api/tasks?token=" + token, "/nowhere?token=" + token)) {
                    backend.send(HttpRequest.newBuilder(backend.uri(path))
                            .header("Authorization", "Bearer " + token)
                            .POST(BodyPublishers.ofString("{"))
                            .build());
                }
            }
        }
        assertThat(output.getAll()).as("the log is at debug").contains("DEBUG");
        for (String token : List.of(good, expired)) {
            assertThat(output.getAll()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
        }
    }
}
