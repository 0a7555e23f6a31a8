package dev.tidings.charts;

import static dev.tidings.charts.Manifests.annotation;
import static dev.tidings.charts.Manifests.container;
import static dev.tidings.charts.Manifests.environment;
import static dev.tidings.charts.Manifests.name;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.ProjectRoot;
import dev.tidings.events.Topic;
import dev.tidings.topology.App;
import dev.tidings.topology.ServiceCall;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * R-WS-12, R-DP-3, R-PF-2…5: the rendered chart agrees with the topology, with the component files and with the services' settings.
 */
class AgreementIT {

    private static final Path ROOT = ProjectRoot.find();
    private static final Path COMPONENTS = ROOT.resolve("dapr-components");

    private final Manifests chart = Chart.rendered(Values.MINIKUBE);

    @Test
    void namesAreThoseThatUsersTypeAfterKubectl() {
        assertThat(chart.services()).allSatisfy(deployment -> {
            String app = annotation(deployment, "dapr.io/app-id");
            assertThat(name(deployment)).isEqualTo(app);
            assertThat(deployment.at("/spec/template/metadata/labels/app").asString())
                    .isEqualTo(app);
            assertThat(container(deployment).path("name").asString()).isEqualTo(app);
            assertThat(environment(deployment, "SERVER_PORT"))
                    .isEqualTo(annotation(deployment, "dapr.io/app-port"))
                    .isEqualTo(
                            container(deployment).at("/ports/0/containerPort").asString())
                    .isEqualTo(
                            chart.one("Service", app).at("/spec/ports/0/port").asString());
        });
    }

    @Test
    void imagesAreNamedAsTheBuildNamesThem() {
        String version = Yaml.text(ROOT.resolve("pom.xml"))
                .lines()
                .filter(line -> line.startsWith("    <version>"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\s|</?version>", "");
        assertThat(chart.services().stream()
                        .collect(toMap(
                                Manifests::name,
                                deployment ->
                                        container(deployment).path("image").asString())))
                .containsEntry("backend", "backend:" + version)
                .containsEntry("websocket-service", "websocket-service:" + version)
                .containsEntry("cache-worker", "workers:" + version);
    }

    @Test
    void everyAppIsDeployedWithWhatTheTopologySays() {
        assertThat(chart.services()).hasSize(App.values().length).allSatisfy(deployment -> {
            App app = App.of(name(deployment));
            assertThat(annotation(deployment, "dapr.io/app-port")).isEqualTo(Integer.toString(app.port()));
            assertThat(environment(deployment, "TIDINGS_DB_USER"))
                    .isEqualTo(app.databaseRole().wireName());
            assertThat(sidecarEnvironment(deployment))
                    .containsEntry(DaprComponents.KAFKA_CONSUMER_GROUP, app.consumerGroup())
                    .containsEntry(DaprComponents.KAFKA_FETCH_MIN_BYTES, Integer.toString(app.fetchMinBytes()));
        });
        assertThat(App.workers())
                .allSatisfy(worker -> assertThat(environment(chart.one("Deployment", worker.id()), "TIDINGS_WORKER"))
                        .isEqualTo(worker.id()));
    }

    @Test
    void kedaWatchesTheTopicsThatAWorkerConsumes() {
        assertThat(Chart.rendered(Values.EVERYTHING).ofKind("ScaledObject"))
                .hasSameSizeAs(App.workers())
                .allSatisfy(scaled -> {
                    App worker = App.of(name(scaled));
                    assertThat(scaled.findValuesAsString("topic"))
                            .containsExactlyElementsOf(worker.consumedTopics().stream()
                                    .map(Topic::wireName)
                                    .toList());
                    assertThat(scaled.findValuesAsString("consumerGroup")).containsOnly(worker.consumerGroup());
                });
    }

    /** dapr-components/access-control.yaml, by the certificates that sidecars have in a cluster. */
    @Test
    void everySidecarEnforcesWhoMayCallWhomForItsNamespace() {
        JsonNode policy = chart.one("Configuration", "tidings").at("/spec/accessControl");

        assertThat(policy.path("defaultAction").asString()).isEqualTo("deny");
        assertThat(policy.findValuesAsString("namespace")).containsOnly("tidings");
        assertThat(policy.path("policies").findValuesAsString("name"))
                .isEqualTo(Yaml.file(COMPONENTS.resolve("access-control.yaml"))
                        .at("/spec/accessControl/policies")
                        .findValuesAsString("name"));
        assertThat(chart.ofKind("Configuration")).hasSize(1);
        assertThat(chart.services())
                .allSatisfy(deployment ->
                        assertThat(annotation(deployment, "dapr.io/config")).isEqualTo("tidings"));
    }

    @ParameterizedTest
    @EnumSource
    void sidecarsAreToldEveryVariableThatTheirComponentsRead(Values values) {
        Set<String> wanted = new TreeSet<>();
        for (JsonNode component : chart.ofKind("Component")) {
            wanted.addAll(component.findValuesAsString("envRef"));
        }
        assertThat(wanted).contains(DaprComponents.KAFKA_BROKERS, DaprComponents.REDIS_ADDRESS);

        assertThat(Chart.rendered(values).services()).allSatisfy(deployment -> {
            Set<String> set = new TreeSet<>(sidecarEnvironment(deployment).keySet());
            Arrays.stream(annotation(deployment, "dapr.io/env-from-secret").split(","))
                    .map(pair -> pair.split("=", 2)[0])
                    .forEach(set::add);
            assertThat(set)
                    .as("a sidecar warns of every variable that is not set")
                    .containsAll(wanted);
        });
    }

    /** R-PF-3, R-PF-11, R-EV-5. */
    @Test
    void whoInvokesAnotherAppReachesItsSidecar() {
        Map<String, Set<String>> callers = new TreeMap<>();
        Map<String, Set<String>> callees = new TreeMap<>();
        for (ServiceCall call : ServiceCall.all()) {
            callers.computeIfAbsent(call.callee().id(), _ -> new TreeSet<>())
                    .add(call.caller().id());
            callees.computeIfAbsent(call.caller().id(), _ -> new TreeSet<>())
                    .add(call.callee().id());
        }

        assertThat(reached("ingress", "from", chart)).isEqualTo(callers);
        assertThat(reached("egress", "to", chart)).isEqualTo(callees);
    }

    /** By app, the apps on the other end of its rules for the port where sidecars call each other. */
    private static Map<String, Set<String>> reached(String direction, String end, Manifests chart) {
        Map<String, Set<String>> reached = new TreeMap<>();
        for (JsonNode policy : chart.ofKind("NetworkPolicy")) {
            for (JsonNode rule : policy.path("spec").path(direction)) {
                if (rule.at("/ports/0/port").asInt() == 50002) {
                    reached.computeIfAbsent(name(policy), app -> new TreeSet<>())
                            .addAll(rule.path(end).findValuesAsString("app"));
                }
            }
        }
        return reached;
    }

    /** Imported by the settings of every service. */
    private static final List<Path> DEFAULTS = List.of(
            ROOT.resolve("edge/src/main/resources/dev/tidings/edge/defaults.yaml"),
            ROOT.resolve("sidecar/src/main/resources/dev/tidings/sidecar/defaults.yaml"));

    @Test
    void servicesAreToldOnlyWhatTheirSettingsRead() {
        for (JsonNode deployment : Chart.rendered(Values.EVERYTHING).services()) {
            String module = container(deployment).path("image").asString().replaceAll(".*/|:.*", "");
            Path settings = ROOT.resolve(module).resolve("src/main/resources/application.yaml");
            Set<String> read = Stream.concat(Stream.of(settings), DEFAULTS.stream())
                    .flatMap(file -> Pattern.compile("\\$\\{([A-Z_0-9]+)")
                            .matcher(Yaml.text(file))
                            .results())
                    .map((MatchResult match) -> match.group(1))
                    .collect(Collectors.toSet());
            assertThat(container(deployment)
                            .path("env")
                            .valueStream()
                            .map(entry -> entry.path("name").asString()))
                    .as(name(deployment))
                    .filteredOn(variable -> !List.of("POD_IP", "APP_API_TOKEN").contains(variable))
                    .isSubsetOf(read);
        }
    }

    /** Annotation {@code dapr.io/env}, split as Dapr's injector splits it: at commas before a name and an equals sign. */
    private static Map<String, String> sidecarEnvironment(JsonNode deployment) {
        return Arrays.stream(annotation(deployment, "dapr.io/env").split(",\\s*(?=[a-zA-Z_][a-zA-Z0-9_]*=)"))
                .map(pair -> pair.split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
    }
}
