package dev.tidings.charts;

import static dev.tidings.charts.Manifests.annotation;
import static dev.tidings.charts.Manifests.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import dev.tidings.devkit.ProjectRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A rolling update loses no event: every wait of a shutdown fits into the one around it (docs/operations/kubernetes.md). */
class ShutdownIT {

    private static final Path ROOT = ProjectRoot.find();
    private final JsonNode shutdown =
            Yaml.file(Chart.TIDINGS.resolve("values.yaml")).path("shutdown");

    @ParameterizedTest
    @EnumSource
    void theSidecarOutlivesItsAppAndThePodOutlivesBoth(Values values) {
        assertThat(Chart.rendered(values).services()).allSatisfy(deployment -> {
            int preStop =
                    container(deployment).at("/lifecycle/preStop/sleep/seconds").asInt();
            int blocked = Integer.parseInt(
                    annotation(deployment, "dapr.io/block-shutdown-duration").replace("s", ""));
            int sidecar = Integer.parseInt(annotation(deployment, "dapr.io/graceful-shutdown-seconds"));
            int grace = deployment
                    .at("/spec/template/spec/terminationGracePeriodSeconds")
                    .asInt();

            assertThat(preStop).isPositive();
            assertThat(blocked).isGreaterThanOrEqualTo(preStop + seconds("app"));
            assertThat(grace).isGreaterThan(blocked + sidecar);
        });
    }

    @Test
    void theSocketServiceHasTimeToSendEveryClientAway() {
        Duration drain = delivery("drainTime").plus(delivery("closeTimeout"));

        assertThat(drain)
                .as("the drain is one phase, and no phase may take longer")
                .isLessThan(phase("websocket-service"));
        assertThat(Duration.ofSeconds(seconds("app")))
                .as("the drain, the requests under way, and the goodbye to the registry")
                .isGreaterThanOrEqualTo(drain.plus(phase("websocket-service")).plus(Duration.ofSeconds(5)));
    }

    @Test
    void theBackendHasTimeForRequestsAndForItsRelay() {
        assertThat(Duration.ofSeconds(seconds("app")))
                .isGreaterThanOrEqualTo(phase("backend").plus(Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @EnumSource
    void theNewReplicaIsReadyBeforeAnOldOneGoes(Values values) {
        assertThat(Chart.rendered(values).services()).allSatisfy(deployment -> {
            assertThat(deployment
                            .at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asInt(-1))
                    .isZero();
            assertThat(annotation(deployment, "dapr.io/enable-app-health-check"))
                    .as("a sidecar that probes its app can lose its subscriptions (docs/adr/0011)")
                    .isEqualTo("false");
        });
    }

    private int seconds(String part) {
        return shutdown.path(part).asInt();
    }

    private static Duration phase(String module) {
        JsonNode settings = Yaml.file(ROOT.resolve(module).resolve("src/main/resources/application.yaml"));
        String text =
                settings.at("/spring/lifecycle/timeout-per-shutdown-phase").asString("");
        if (text.isEmpty()) {
            text = settings.at("/spring/lifecycle.timeout-per-shutdown-phase").asString();
        }
        return parse(text);
    }

    /** A default of {@code DeliverySettings}, which this module cannot see as a class: a service is no library. */
    private static Duration delivery(String name) {
        Path source =
                ROOT.resolve("websocket-service/src/main/java/dev/tidings/websocket/delivery/DeliverySettings.java");
        Matcher matcher = Pattern.compile("@DefaultValue\\(\"(\\w+)\"\\) Duration " + name + "\\b")
                .matcher(Yaml.text(source));
        assertThat(matcher.find()).as(name).isTrue();
        return parse(matcher.group(1));
    }

    private static Duration parse(String text) {
        return Duration.parse("PT" + text);
    }
}
