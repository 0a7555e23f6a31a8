package dev.tidings.charts;

import static dev.tidings.charts.Manifests.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import dev.tidings.devkit.ProjectRoot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** R-DP-3: an installation starts without crash loops, and an uninstallation leaves nothing but data. {@code make cluster-test} shows it. */
class LifecycleIT {

    @ParameterizedTest
    @EnumSource
    void aSidecarStartsAfterWhatItCannotStartWithout(Values values) {
        assertThat(Chart.rendered(values).services()).hasSize(9).allSatisfy(deployment -> {
            JsonNode wait = deployment.at("/spec/template/spec/initContainers/0");
            assertThat(wait.path("image"))
                    .as("no image but the service's own")
                    .isEqualTo(Manifests.container(deployment).path("image"));
            assertThat(wait.at("/command/2").asString())
                    .isEqualTo(Yaml.text(Chart.TIDINGS.resolve("files/scripts/wait.sh")));
            assertThat(wait.path("env")
                            .valueStream()
                            .map(entry -> entry.path("name").asString()))
                    .contains("POSTGRESQL", "KAFKA");
            assertThat(Manifests.container(deployment)
                            .at("/startupProbe/exec/command/2")
                            .asString())
                    .isEqualTo(Yaml.text(Chart.TIDINGS.resolve("files/scripts/started.sh")));
        });
    }

    @Test
    void theAppsWithAStoreInRedisAwaitRedis() {
        List<String> scoped = Stream.of("cache", "registry")
                .flatMap(store ->
                        Yaml.texts(Chart.rendered(Values.MINIKUBE)
                                        .one("Component", store)
                                        .path("scopes"))
                                .stream())
                .distinct()
                .sorted()
                .toList();

        assertThat(Chart.rendered(Values.MINIKUBE).services().stream()
                        .filter(deployment -> deployment
                                .at("/spec/template/spec/initContainers/0/env")
                                .findValuesAsString("name")
                                .contains("REDIS"))
                        .map(Manifests::name))
                .containsExactlyElementsOf(scoped);
        assertThat(Chart.rendered(Values.MINIKUBE).services().stream()
                        .filter(deployment -> deployment
                                .at("/spec/template/spec/initContainers/1/name")
                                .asString("")
                                .equals("stores"))
                        .map(Manifests::name))
                .as("and a sidecar that went without it is restarted")
                .containsExactlyElementsOf(scoped);
    }

    /** A sidecar would end in a loop while Redis is away, and with it a service that can do without. */
    @Test
    void noSidecarNeedsRedisToStart() {
        assertThat(Chart.rendered(Values.MINIKUBE).ofKind("Component").stream()
                        .filter(component ->
                                component.at("/spec/type").asString().equals("state.redis")))
                .hasSize(2)
                .allSatisfy(component -> assertThat(
                                component.at("/spec/ignoreErrors").asBoolean())
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void whatAHookCreatesIsRemovedWithIt(Values values) {
        assertThat(Chart.rendered(values).hooks())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(hook -> {
                    assertThat(hook.at("/metadata/annotations")
                                    .path("helm.sh/hook-delete-policy")
                                    .asString())
                            .as(name(hook))
                            .contains("hook-succeeded");
                    if (hook.path("kind").asString().equals("Job")) {
                        assertThat(hook.at("/spec/ttlSecondsAfterFinished").isInt())
                                .as("%s goes by itself when it failed", name(hook))
                                .isTrue();
                        assertThat(hook.at("/metadata/annotations")
                                        .path("helm.sh/hook-output-log-policy")
                                        .asString())
                                .as("helm prints why %s failed", name(hook))
                                .contains("hook-failed");
                    }
                });
    }

    @Test
    void aRestartOfAllDeploymentsRestartsTheServicesOnly() {
        Manifests minikube = Chart.rendered(Values.MINIKUBE);

        assertThat(minikube.ofKind("Deployment")).containsExactlyElementsOf(minikube.services());
    }

    /** A StatefulSet's controller gives its claims the labels of the selector. */
    @Test
    void theDocumentedCleanUpNamesEveryVolume() {
        String claims = Yaml.text(ProjectRoot.find().resolve("docs/operations/kubernetes.md"))
                .lines()
                .filter(line -> line.startsWith("kubectl delete pvc"))
                .findFirst()
                .orElseThrow();

        assertThat(Chart.rendered(Values.MINIKUBE).ofKind("StatefulSet").stream()
                        .filter(set -> set.at("/spec").has("volumeClaimTemplates"))
                        .map(set -> set.at("/spec/selector/matchLabels/app").asString()))
                .hasSize(2)
                .allSatisfy(app ->
                        assertThat(Arrays.asList(claims.split("[ (),']+"))).contains(app));
    }
}
