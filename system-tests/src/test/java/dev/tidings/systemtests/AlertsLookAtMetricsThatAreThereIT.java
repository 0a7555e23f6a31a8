package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.topology.App;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** R-EV-5, R-OP-3: an alert on a metric that nobody has would never be raised, and a chart of it would stay empty. */
@OnRunningStack
class AlertsLookAtMetricsThatAreThereIT {

    private static final Path CHART = ProjectRoot.find().resolve("charts/tidings");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z][\\w:]*)\\{\\s*([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");

    /** Prometheus gives them to each target of the ServiceMonitor. */
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "app", "pod", "endpoint");

    /** Labels whose values are fixed, so that a query for another value would find nothing. */
    private static final Set<String> FIXED_VALUES = Set.of("le", "area", "found_by");

    private static final int TIER = 10;

    private final Stack stack;

    AlertsLookAtMetricsThatAreThereIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theRunningServicesHaveEveryMetricAndLabelOfRulesAndDashboards() throws IOException {
        List<String> queries = new ArrayList<>(rules());
        assertThat(queries).hasSizeGreaterThan(10);
        queries.addAll(queriesOfDashboards());
        assertThat(queries).hasSizeGreaterThan(80);
        String user = Users.named("alerted");
        String token = stack.tokens().of(user);
        buy(user);
        try (SocketClient socket = stack.replica(1).connect(token)) {
            // Goes the whole way, to a screen and to workers.
            stack.tasks().create(token, "watched");
            socket.ledger().awaitTitle("watched");
            socket.send("nonsense");
            socket.ledger().awaitMessage("error");
        }

        await("metrics of all rules and dashboards").untilAsserted(() -> {
            Map<String, Map<String, Set<String>>> exposed = exposed();
            assertThat(queries.stream().flatMap(query -> faults(query, exposed)))
                    .isEmpty();
        });
    }

    private void buy(String user) {
        Tutoring tutoring = stack.tutoring();
        String course = tutoring.newCourse();
        tutoring.addTrainers(course, 1);
        tutoring.awaitComplete(tutoring.buy(user, course, TIER), TIER);
        tutoring.home(user, false);
    }

    /** The expressions of the template, with stand-ins for what helm fills in. */
    private static List<String> rules() throws IOException {
        String template = Files.readString(CHART.resolve("templates/monitoring.yaml"))
                .replaceAll("\\{\\{-? \\$here -?}}", "namespace=\"tidings\"")
                .replaceAll("(?s)\\{\\{.*?}}", "x");
        return Arrays.stream(template.split("\\n\\s+expr:", -1))
                .skip(1)
                .map(rule -> rule.split("\\n\\s+(for|labels):", 2)[0])
                .toList();
    }

    private static List<String> queriesOfDashboards() throws IOException {
        List<String> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(CHART.resolve("files/dashboards"))) {
            for (Path file : files.toList()) {
                queries.addAll(
                        JsonMapper.shared().readTree(Files.readString(file)).findValuesAsString("expr"));
            }
        }
        return queries;
    }

    /** What the query asks for and no service has. */
    private static Stream<String> faults(String query, Map<String, Map<String, Set<String>>> exposed) {
        List<String> faults = new ArrayList<>();
        Set<String> labels = new HashSet<>(OF_THE_TARGET);
        SELECTOR.matcher(query).results().forEach(selector -> {
            String metric = selector.group(1);
            if (metric.equals("up") || metric.startsWith("tidings:")) {
                return; // Prometheus' own, and recorded by a rule
            }
            Map<String, Set<String>> ofMetric = exposed.get(metric);
            if (ofMetric == null) {
                faults.add(metric + " in " + query);
                return;
            }
            labels.addAll(ofMetric.keySet());
            MATCHER.matcher(selector.group(2)).results().forEach(matcher -> {
                String label = matcher.group(1);
                Set<String> values = ofMetric.getOrDefault(label, Set.of());
                boolean isKnown = FIXED_VALUES.contains(label)
                        ? values.contains(matcher.group(3))
                        : !values.isEmpty() || OF_THE_TARGET.contains(label);
                if (!isKnown) {
                    faults.add(metric + " with " + matcher.group() + " in " + query);
                }
            });
        });
        GROUPING.matcher(query)
                .results()
                .flatMap(grouping -> Arrays.stream(grouping.group(1).split(",\\s*", -1)))
                .filter(label -> !labels.contains(label))
                .forEach(label -> faults.add("label " + label + " in " + query));
        return faults.stream();
    }

    /** Labels and their values, by metric. */
    private Map<String, Map<String, Set<String>>> exposed() {
        Map<String, Map<String, Set<String>>> exposed = new HashMap<>();
        Stream<URI> workers = App.workers().stream()
                .map(worker ->
                        URI.create("http://localhost:" + stack.part(worker.id()).port()));
        Stream.concat(
                        Stream.of(
                                stack.backend(),
                                stack.replica(1).address(),
                                stack.replica(2).address()),
                        workers)
                .flatMap(service -> Http.get(service.resolve("/metrics")).body().lines())
                .map(SAMPLE::matcher)
                .filter(sample -> sample.matches())
                .forEach(sample -> {
                    Map<String, Set<String>> labels = exposed.computeIfAbsent(sample.group(1), _ -> new HashMap<>());
                    MATCHER.matcher(sample.group(2) == null ? "" : sample.group(2))
                            .results()
                            .forEach(label -> labels.computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                                    .add(label.group(3)));
                });
        return exposed;
    }
}
