package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaprdTest {

    private static final Path BINARY = Path.of("daprd");

    @Test
    void aSidecarForSendingHasNoAppAndNoMetrics() {
        assertThat(command(SidecarSpec.of("backend")))
                .startsWith("daprd", "--app-id=backend")
                .contains("--dapr-http-port=1", "--dapr-grpc-port=2", "--dapr-internal-grpc-port=3")
                .contains("--enable-metrics=false", "--dapr-listen-addresses=127.0.0.1")
                .noneMatch(option -> option.startsWith("--app-port"));
    }

    @Test
    void everyPartOfTheSpecificationBecomesAnOption() {
        SidecarSpec spec = SidecarSpec.of("backend")
                .withAppPort(8000)
                .withResources(Path.of("a"), Path.of("b"))
                .withConfig(Path.of("c.yaml"))
                .withGracefulShutdown(Duration.ofSeconds(5))
                .withOption("log-level", "warn");

        assertThat(command(spec))
                .contains(
                        "--app-port=8000",
                        "--resources-path=a",
                        "--resources-path=b",
                        "--config=c.yaml",
                        "--dapr-graceful-shutdown-seconds=5",
                        "--log-level=warn");
    }

    @Test
    void tokensAreNeverOnTheCommandLine() {
        SidecarSpec spec = SidecarSpec.of("backend").withAppToken("app-secret").withApiToken("api-secret");

        assertThat(String.join(" ", command(spec))).doesNotContain("secret");
        assertThat(spec.env())
                .containsEntry("APP_API_TOKEN", "app-secret")
                .containsEntry("DAPR_API_TOKEN", "api-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "go version go1.26.8 linux/amd64,true",
        "go version go1.27rc1 linux/amd64,true",
        "go version go2.0 linux/amd64,true",
        "go version go1.25.9 linux/amd64,false",
        "command not found,false",
    })
    void goMustBeRecentEnough(String reported, boolean enough) {
        assertThat(GoBuild.isRecentEnough(reported)).isEqualTo(enough);
    }

    @ParameterizedTest
    @CsvSource({"Linux,amd64,linux_amd64", "Linux,aarch64,linux_arm64", "Mac OS X,aarch64,darwin_arm64"})
    void theReleaseIsThatOfTheMachine(String os, String arch, String suffix) {
        assertThat(DaprdRelease.archive(Platform.of(os, arch)))
                .hasToString("https://github.com/dapr/dapr/releases/download/v1.18.3/daprd_" + suffix + ".tar.gz");
    }

    @Test
    void theBuildAndTheReleaseAreOfTheSameVersion() throws IOException {
        assertThat(ProjectRoot.find().resolve("tools/daprd/go.mod"))
                .content()
                .contains("github.com/dapr/dapr v" + DaprdRelease.VERSION + "\n");
    }

    private static List<String> command(SidecarSpec spec) {
        return Daprd.command(BINARY, spec, 1, 2, 3, "127.0.0.1");
    }
}
