package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import dev.tidings.devkit.ProjectRoot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** R-DP-3, R-DP-6: the ingress leads what clients may ask for to the service that answers it, and nothing else to anybody. */
class IngressIT {

    private static final Path ROOT = ProjectRoot.find();
    private static final String NOBODY = "nobody";
    private static final Predicate<String> INSIDE =
            Pattern.compile("^/(health|metrics|dapr|events)(/|$)").asPredicate();

    /** Of the WebSocket service, for the backend: it passes reads on, and records what operators do. */
    private static final Predicate<String> THROUGH_BACKEND =
            Pattern.compile("^/api/v1/admin/(rejected-events|connections)(/|$)").asPredicate();

    private final List<Rule> rules = Chart.rendered(Values.PRODUCTION)
            .one("Ingress", "tidings")
            .at("/spec/rules/0/http/paths")
            .valueStream()
            .map(Rule::of)
            .toList();

    /** As the Ingress API wants it: an exact path before a prefix, the longer prefix before the shorter. */
    private record Rule(String path, boolean isExact, String service) {

        static Rule of(JsonNode rule) {
            return new Rule(
                    rule.path("path").asString(),
                    rule.path("pathType").asString().equals("Exact"),
                    rule.at("/backend/service/name").asString());
        }

        boolean takes(String asked) {
            return asked.equals(path) || (!isExact && asked.startsWith(path + "/"));
        }
    }

    record Operation(String path, String service) {}

    static List<Operation> operations() {
        return List.of("backend", "websocket-service").stream()
                .flatMap(
                        service -> Yaml.file(ROOT.resolve("docs/api/" + service + ".openapi.yaml"))
                                .path("paths")
                                .propertyNames()
                                .stream()
                                .map(path -> new Operation(path, service)))
                .toList();
    }

    static List<String> pages() {
        Matcher paths = Pattern.compile("path = \\{([^}]*)}")
                .matcher(
                        Yaml.text(ROOT.resolve("backend/src/main/java/dev/tidings/backend/pages/PageController.java")));
        assertThat(paths.find()).isTrue();
        return Arrays.stream(paths.group(1).split(",\\s*"))
                .map(path -> path.replace("\"", "").strip())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationIsReachedUnlessItIsForTheClusterOnly(Operation operation) {
        String expected = THROUGH_BACKEND.test(operation.path()) ? "backend" : operation.service();

        assertThat(serviceFor(operation.path())).isEqualTo(INSIDE.test(operation.path()) ? NOBODY : expected);
    }

    @ParameterizedTest
    @MethodSource("pages")
    @ValueSource(strings = {"/config.json", "/pages/app.js", "/client/src/index.js", "/webjars/lit/3.3.2/index.js"})
    void thePagesAreReached(String path) {
        assertThat(serviceFor(path)).isEqualTo("backend");
    }

    @Test
    void theSocketIsReached() {
        assertThat(serviceFor("/ws")).isEqualTo("websocket-service");
    }

    private String serviceFor(String path) {
        return rules.stream()
                .filter(rule -> rule.takes(path))
                .max(Comparator.comparing(Rule::isExact)
                        .thenComparing(rule -> rule.path().length()))
                .map(Rule::service)
                .orElse(NOBODY);
    }
}
