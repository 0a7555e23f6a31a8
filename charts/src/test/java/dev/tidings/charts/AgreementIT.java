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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * R-WS-12, R-DP-3, R-PF-2…5, R-PF-8: the chart, {@code dapr.yaml}, {@code dapr-components} and the services say the same about app
 * ids, ports, topics, consumer groups and scopes.
 */
class AgreementIT {

    private static final Path ROOT = ProjectRoot.find();
    private static final Path COMPONENTS = ROOT.resolve("dapr-components");

    private final Manifests chart = Chart.rendered(Values.MINIKUBE);

    @Test
    void theAppsOfDaprYamlAreDeployedOnTheirPorts() {
        Map<String, String> apps = new TreeMap<>();
        Yaml.file(ROOT.resolve("dapr.yaml"))
                .path("apps")
                .forEach(app -> apps.putIfAbsent(
                        app.path("appID").asString(), app.path("appPort").asString()));

        assertThat(portsByAppId()).isEqualTo(apps);
    }

    @Test
    void theAppsOfTheBusAreTheAppsOfTheChart() {
        assertThat(portsByAppId().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Yaml.texts(component("pubsub-kafka").path("scopes")));
    }

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
    void aWorkerIsToldWhoItIsAndWhichGroupItConsumesIn() {
        assertThat(chart.services().stream()
                        .filter(deployment ->
                                container(deployment).path("image").asString().startsWith("workers:")))
                .hasSize(7)
                .allSatisfy(worker ->
                        assertThat(environment(worker, "TIDINGS_WORKER")).isEqualTo(name(worker)));
        assertThat(consumerGroups())
                .containsEntry("purchase-worker", "purchase-creation-workers")
                .containsEntry("allocation-worker", "trainer-allocation-workers")
                .containsEntry("session-worker", "session-scheduling-workers")
                .containsEntry("cache-worker", "cache-invalidation-workers")
                .containsEntry("websocket-service", "websocket-service")
                .containsEntry("audit-log-service", "audit-log-service");
        assertThat(Set.copyOf(consumerGroups().values()))
                .hasSameSizeAs(consumerGroups().keySet());
    }

    @Test
    void theTopicsAreThoseOfTheEventsWithThreePartitionsEach() {
        JsonNode values = Yaml.file(Chart.TIDINGS.resolve("values.yaml"));

        assertThat(Yaml.texts(values.at("/topics/names")))
                .containsExactlyElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::wireName).toList());
        assertThat(values.at("/topics/partitions").asInt()).isEqualTo(Topic.PARTITIONS);
    }

    @Test
    void kedaWatchesWhatTheWorkerSubscribesTo() {
        Map<String, Set<String>> subscriptions = scopes("subscriptionScopes");

        assertThat(Chart.rendered(Values.EVERYTHING).ofKind("ScaledObject"))
                .hasSize(4)
                .allSatisfy(scaled -> {
                    assertThat(scaled.findValuesAsString("topic"))
                            .containsExactlyInAnyOrderElementsOf(
                                    Objects.requireNonNull(subscriptions.get(name(scaled))));
                    assertThat(scaled.findValuesAsString("consumerGroup"))
                            .containsOnly(
                                    Objects.requireNonNull(consumerGroups().get(name(scaled))));
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

    @Test
    void everyScopeNamesTopicsThatExist() {
        Set<String> topics = Arrays.stream(Topic.values()).map(Topic::wireName).collect(Collectors.toSet());
        JsonNode pubsub = component("pubsub-kafka");

        assertThat(Set.of(metadata(pubsub, "protectedTopics").split("[,\\s]+"))).isEqualTo(topics);
        assertThat(scopes("publishingScopes").values())
                .allSatisfy(names -> assertThat(topics).containsAll(names));
        assertThat(scopes("subscriptionScopes").values())
                .allSatisfy(names -> assertThat(topics).containsAll(names));
        assertThat(scopes("publishingScopes").keySet())
                .isEqualTo(scopes("subscriptionScopes").keySet())
                .isEqualTo(portsByAppId().keySet());
    }

    @Test
    void theSocketServiceMaySubscribeToTheTopicsItRoutes() {
        JsonNode settings = Yaml.file(ROOT.resolve("websocket-service/src/main/resources/application.yaml"));

        assertThat(settings.at("/tidings/routes").findValuesAsString("topic"))
                .containsExactlyInAnyOrderElementsOf(
                        Objects.requireNonNull(scopes("subscriptionScopes").get("websocket-service")));
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
            Set<String> told = new TreeSet<>(sidecarEnvironment(deployment).keySet());
            Arrays.stream(annotation(deployment, "dapr.io/env-from-secret").split(","))
                    .map(pair -> pair.split("=", 2)[0])
                    .forEach(told::add);
            assertThat(told)
                    .as("a sidecar warns of every variable that it is not told")
                    .containsAll(wanted);
        });
    }

    /** R-PF-3, R-PF-11, R-EV-5. */
    @Test
    void whoInvokesAnotherAppReachesItsSidecar() {
        Map<String, Set<String>> calls = new TreeMap<>();
        calls.put("backend", Set.of("allocation-worker"));
        calls.put("websocket-service", Set.of("backend")); // journeys
        Yaml.file(ROOT.resolve("backend/src/main/resources/application.yaml"))
                .at("/tidings/dead-letters/consumers")
                .forEach(consumers -> Arrays.stream(consumers.asString().split(",\\s*"))
                        .forEach(consumer -> calls.put(consumer, Set.of("backend"))));

        assertThat(calls).hasSizeGreaterThan(5);
        assertThat(reached("ingress", "from", chart)).isEqualTo(calls);
        assertThat(reached("egress", "to", chart))
                .isEqualTo(Map.of(
                        "allocation-worker", Set.of("backend"),
                        "backend",
                                calls.keySet().stream()
                                        .filter(callee -> !callee.equals("backend"))
                                        .collect(Collectors.toSet())));
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
    private static final Path EDGE_DEFAULTS = ROOT.resolve("edge/src/main/resources/dev/tidings/edge/defaults.yaml");

    @Test
    void servicesAreToldOnlyWhatTheirSettingsRead() {
        for (JsonNode deployment : Chart.rendered(Values.EVERYTHING).services()) {
            String module = container(deployment).path("image").asString().replaceAll(".*/|:.*", "");
            Path settings = ROOT.resolve(module).resolve("src/main/resources/application.yaml");
            Set<String> read = Stream.of(settings, EDGE_DEFAULTS)
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

    private Map<String, String> portsByAppId() {
        return chart.services().stream()
                .collect(toMap(
                        deployment -> annotation(deployment, "dapr.io/app-id"),
                        deployment -> annotation(deployment, "dapr.io/app-port")));
    }

    private Map<String, String> consumerGroups() {
        return chart.services().stream()
                .collect(toMap(
                        Manifests::name,
                        deployment -> Objects.requireNonNull(
                                sidecarEnvironment(deployment).get(DaprComponents.KAFKA_CONSUMER_GROUP))));
    }

    /** Annotation {@code dapr.io/env}, split as Dapr's injector splits it: at commas before a name and an equals sign. */
    private static Map<String, String> sidecarEnvironment(JsonNode deployment) {
        return Arrays.stream(annotation(deployment, "dapr.io/env").split(",\\s*(?=[a-zA-Z_][a-zA-Z0-9_]*=)"))
                .map(pair -> pair.split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static JsonNode component(String file) {
        return Yaml.file(COMPONENTS.resolve(file + ".yaml"));
    }

    private static String metadata(JsonNode component, String name) {
        return component
                .at("/spec/metadata")
                .valueStream()
                .filter(entry -> entry.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("value")
                .asString()
                .strip();
    }

    /** {@code app=topic, topic; app=…} */
    private static Map<String, Set<String>> scopes(String name) {
        return Arrays.stream(metadata(component("pubsub-kafka"), name).split(";"))
                .map(scope -> scope.strip().split("=", 2))
                .collect(toMap(
                        scope -> scope[0],
                        scope -> Arrays.stream(scope[1].split("[,\\s]+"))
                                .filter(topic -> !topic.isEmpty())
                                .collect(Collectors.toSet())));
    }
}
