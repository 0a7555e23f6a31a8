package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import dev.tidings.devkit.ProjectRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** R-DP-3: what the chart renders is sound. */
class ChartIT {

    /**
     * Rules of kube-score that are not ours. An image of a version is the same for ever, and {@code minikube image load} needs
     * {@code IfNotPresent}.
     */
    private static final String NOT_OURS = "container-image-pull-policy";

    private static final int NO_API_SERVER = 3;

    @TempDir
    Path folder;

    static Stream<Arguments> everyVersion() {
        return Stream.of(Values.values())
                .flatMap(values -> Chart.KUBERNETES.stream().map(version -> Arguments.of(values, version)));
    }

    @ParameterizedTest
    @EnumSource
    void helmHasNothingToComplainOf(Values values) {
        Program.Result lint = Chart.helm(values, Chart.KUBERNETES.getLast(), "lint", "--strict");

        assertThat(lint.exitCode()).as(lint.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everyVersion")
    void everyResourceFitsItsSchemaToTheLastField(Values values, String kubernetes) {
        Path manifests = Chart.writtenTo(folder, values, kubernetes);
        String file = "{{.ResourceKind}}{{.KindSuffix}}.json";

        Program.Result validation = Program.tool("kubeconform")
                .run(
                        "-strict",
                        "-schema-location",
                        Chart.FOLDER.resolve("schemas").resolve(kubernetes) + "/" + file,
                        "-schema-location",
                        Chart.FOLDER.resolve("schemas/custom") + "/" + file,
                        manifests.toString());

        assertThat(validation.exitCode()).as(validation.output()).isZero();
    }

    /** Where {@code make cluster-test} has built an API server; the schemas of the test before are all there is elsewhere. */
    @Test
    void anApiServerAcceptsEveryResourceAsItIs() {
        Program.Result judged = new Program(ProjectRoot.find().resolve("system-tests/cluster/dry-run")).run();

        assertThat(judged.exitCode()).as(judged.output()).isIn(0, NO_API_SERVER);
    }

    /** Dapr's injector passes over what it does not know, so a misspelt one would go unnoticed. */
    @ParameterizedTest
    @EnumSource
    void everyAnnotationForDaprIsOneThatItReads(Values values) {
        List<String> known = Yaml.text(Chart.FOLDER.resolve("schemas/dapr-annotations.txt"))
                .lines()
                .toList();

        assertThat(Chart.rendered(values).services())
                .hasSize(9)
                .flatMap(deployment ->
                        deployment.at("/spec/template/metadata/annotations").propertyNames())
                .filteredOn(name -> name.startsWith("dapr.io/"))
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void kubeScoreFindsNothingCritical(Values values) {
        Path manifests = Chart.writtenTo(folder, values, Chart.KUBERNETES.getLast());

        Program.Result score = Program.tool("kube-score")
                .run("score", "--output-format", "ci", "--ignore-test", NOT_OURS, manifests.toString());

        assertThat(score.output()).contains("[OK]");
        assertThat(score.output().lines().filter(line -> line.startsWith("[CRITICAL]")))
                .isEmpty();
    }

    @Test
    void anUnknownSettingIsRefused() {
        Program.Result result = Program.tool("helm")
                .run("template", Chart.TIDINGS.toString(), "--kube-version", "1.37.0", "--set", "replicas=3");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("replicas");
    }

    @Test
    void withoutADatabaseTheMessageNamesTheSetting() {
        Program.Result result = Program.tool("helm")
                .run(
                        "template",
                        Chart.TIDINGS.toString(),
                        "--kube-version",
                        "1.37.0",
                        "--set",
                        "kafka.brokers=kafka:9092,redis.address=redis:6379");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("database.host");
    }

    @ParameterizedTest
    @CsvSource({
        "MINIKUBE, topics.job=true",
        "MINIKUBE, migrations.job=true",
        "PRODUCTION, secrets.create=true",
        "PRODUCTION, insecure=true",
        "PRODUCTION, demoData=true",
        "PRODUCTION, demoSignIn=true",
        "PRODUCTION, kafka.authType=none",
        "PRODUCTION, secrets.kafka=",
        "PRODUCTION, services.backend.env.TIDINGS_PROFILE=default",
        "PRODUCTION, services.backend.env.TIDINGS_DEMO_DATA=true",
        "PRODUCTION, services.backend.env.TIDINGS_DEMODATA=true",
        "PRODUCTION, services.backend.env.tidings_demo-sign-in=true",
        "PRODUCTION, services.websocket-service.env.TIDINGS_INSECURE=true",
        "PRODUCTION, services.websocket-service.env.TIDINGS_SOCKET_INSECURE=true",
        "PRODUCTION, services.cache-worker.env.SPRING_PROFILES_ACTIVE=default",
        "PRODUCTION, services.backend.env.spring_config_import=file:/tmp/x.yaml",
        "PRODUCTION, services.backend.env.SPRING_APPLICATION_JSON=x",
        "PRODUCTION, services.backend.env.JAVA_TOOL_OPTIONS=-Dtidings.demo-data=true",
        "PRODUCTION, services.backend.env.JDK_JAVA_OPTIONS=-Xmx1g -Dspring.profiles.active=default",
        "PRODUCTION, serviceDefaults.env.TIDINGS_PROFILE=default",
        "MINIKUBE, services.backend.env.TIDINGS_PROFILE=production",
    })
    void settingsThatDoNotFitTogetherAreRefusedAndNamed(Values values, String setting) {
        Program.Result result = Chart.helm(values, Chart.KUBERNETES.getLast(), "template", "tidings", "--set", setting);

        assertThat(result.exitCode()).isNotZero();
        String name = setting.substring(0, setting.indexOf('='));
        assertThat(result.output()).contains(name.substring(name.indexOf(".env.") < 0 ? 0 : name.lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.authType=none,kafka.allowUnauthenticated=true",
                "services.backend.env.TIDINGS_TAX_RATE=0.19",
                "services.backend.env.JAVA_TOOL_OPTIONS=-Xmx512m -Duser.timezone=UTC",
            })
    void whatIsDeclinedInWordsOrHarmlessIsAccepted(String settings) {
        Program.Result result =
                Chart.helm(Values.PRODUCTION, Chart.KUBERNETES.getLast(), "template", "tidings", "--set", settings);

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void noPodMayDoMoreThanItMust(Values values) {
        assertThat(Chart.rendered(values).pods()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/spec/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            List<JsonNode> containers = Stream.of("containers", "initContainers")
                    .flatMap(kind -> pod.path("spec").path(kind).valueStream())
                    .toList();
            assertThat(containers).isNotEmpty().allSatisfy(container -> {
                assertThat(container
                                .at("/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .isFalse();
                assertThat(container.at("/securityContext/capabilities/drop/0").asString())
                        .isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").isString()).isTrue();
            });
        });
    }

    @Test
    void productionHoldsNoSecretsButNamesThem() {
        Manifests production = Chart.rendered(Values.PRODUCTION);

        assertThat(production.ofKind("Secret")).isEmpty();
        assertThat(production.services())
                .allSatisfy(deployment -> assertThat(
                                Manifests.container(deployment).path("env").valueStream())
                        .filteredOn(ChartIT::soundsSecret)
                        .isNotEmpty()
                        .allSatisfy(entry -> assertThat(
                                        entry.at("/valueFrom/secretKeyRef/name").asString())
                                .startsWith("tidings-")));
    }

    @Test
    void minikubeGetsEverySecretThatIsRead() {
        Manifests minikube = Chart.rendered(Values.MINIKUBE);

        assertThat(minikube.pods()
                        .flatMap(pod -> pod.findValues("secretKeyRef").stream())
                        .distinct())
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                minikube.one("Secret", reference.path("name").asString())
                                        .path("data")
                                        .has(reference.path("key").asString()))
                        .as("%s", reference)
                        .isTrue());
    }

    private static boolean soundsSecret(JsonNode entry) {
        return entry.path("name").asString().matches(".*(PASSWORD|SECRET|TOKEN)$");
    }
}
