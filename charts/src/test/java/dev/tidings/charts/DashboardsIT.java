package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** R-OP-3: Grafana finds the dashboards, and Prometheus understands their queries. */
class DashboardsIT {

    @TempDir
    Path folder;

    @Test
    void theChartCarriesEveryDashboardForTheSidecarOfGrafana() {
        assertThat(dashboards().keySet())
                .containsExactly(
                        "tidings-delivery.json",
                        "tidings-jvm.json",
                        "tidings-outbox-kafka.json",
                        "tidings-overview.json",
                        "tidings-workers.json");
        assertThat(dashboards().values()).allSatisfy(dashboard -> {
            assertThat(dashboard.path("uid").asString()).startsWith("tidings-").hasSizeLessThan(40);
            assertThat(dashboard.path("panels").findValuesAsString("title"))
                    .hasSizeGreaterThan(8)
                    .doesNotHaveDuplicates();
        });
        assertThat(Chart.rendered(Values.MINIKUBE).ofKind("ConfigMap"))
                .as("without monitoring")
                .noneSatisfy(map -> assertThat(Manifests.name(map)).contains("dashboard"));
    }

    @Test
    void prometheusUnderstandsEveryQueryAndEachIsOfOneNamespace() throws IOException {
        List<Map<String, String>> rules = new ArrayList<>();
        for (JsonNode dashboard : dashboards().values()) {
            for (String query : dashboard.findValuesAsString("expr")) {
                assertThat(query.split("\\{", -1).length)
                        .as("selectors with a namespace in %s", query)
                        .isEqualTo(query.split("\\{namespace=\"\\$namespace\"", -1).length);
                rules.add(Map.of(
                        "record",
                        "query:" + rules.size(),
                        "expr",
                        query.replace("$namespace", "tidings").replace("$__rate_interval", "1m")));
            }
        }
        assertThat(rules).hasSizeGreaterThan(60);
        Path file = Files.writeString(
                folder.resolve("queries.yaml"),
                Yaml.JSON.writeValueAsString(Map.of("groups", List.of(Map.of("name", "queries", "rules", rules)))));

        Program.Result check = Program.tool("promtool").run("check", "rules", "--lint=none", file.toString());

        assertThat(check.exitCode()).as(check.output()).isZero();
    }

    @Test
    void everyRecordedSeriesOfADashboardIsRecorded() {
        List<String> recorded = Chart.rendered(Values.PRODUCTION)
                .one("PrometheusRule", "tidings")
                .findValuesAsString("record");

        assertThat(dashboards().values().stream()
                        .flatMap(dashboard -> dashboard.findValuesAsString("expr").stream())
                        .flatMap(query -> Pattern.compile("tidings:[\\w:]+")
                                .matcher(query)
                                .results())
                        .map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(recorded);
    }

    /** By the names of their files. */
    private static Map<String, JsonNode> dashboards() {
        Map<String, JsonNode> dashboards = new TreeMap<>();
        for (JsonNode map : Chart.rendered(Values.PRODUCTION).ofKind("ConfigMap")) {
            if (map.at("/metadata/labels").has("grafana_dashboard")) {
                map.path("data")
                        .properties()
                        .forEach(file -> dashboards.put(
                                file.getKey(),
                                Yaml.JSON.readTree(file.getValue().asString())));
            }
        }
        return dashboards;
    }
}
