package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** R-EV-5, R-OP-3, R-OP-4: Prometheus evaluates the chart's rules as they are meant, and the runbook explains each alert. */
class AlertRulesIT {

    private static final Pattern CASE = Pattern.compile("alertname=\"(Tidings\\w+)\"");

    private final JsonNode spec =
            Chart.rendered(Values.PRODUCTION).one("PrometheusRule", "tidings").path("spec");

    @TempDir
    Path folder;

    @BeforeEach
    void writeRules() throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), spec.toString());
    }

    @Test
    void prometheusAcceptsEveryRule() {
        Program.Result check = Program.tool("promtool")
                .run(
                        "check",
                        "rules",
                        "--lint=all",
                        "--lint-fatal",
                        folder.resolve("rules.yaml").toString());

        assertThat(check.exitCode()).as(check.output()).isZero();
    }

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        String cases = Yaml.text(Chart.FOLDER.resolve("src/test/resources/alerts-test.yaml"));
        Path file = Files.writeString(folder.resolve("cases.yaml"), cases);

        Program.Result test = Program.tool("promtool").run("test", "rules", file.toString());

        assertThat(test.exitCode()).as(test.output()).isZero();
        assertThat(CASE.matcher(cases).results().map(found -> found.group(1)))
                .as("alerts with a case in which they fire")
                .containsAll(alerts().stream()
                        .filter(alert -> !alert.equals("TidingsServiceIsDown"))
                        .toList());
    }

    /** R-EV-5: whoever is woken finds what to do. */
    @Test
    void theRunbookHasAnEntryForEveryAlertAndNoOther() {
        Set<String> entries = Pattern.compile("(?m)^## (Tidings\\w+)$")
                .matcher(Yaml.text(ProjectRoot.find().resolve("docs/operations/runbook.md")))
                .results()
                .map((MatchResult heading) -> heading.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(entries).hasSizeGreaterThan(10).isEqualTo(alerts());
    }

    @Test
    void everyAlertLinksToItsEntry() {
        assertThat(spec.findParents("alert"))
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.at("/annotations/runbook_url").asString())
                                .isEqualTo("docs/operations/runbook.md#"
                                        + rule.path("alert").asString().toLowerCase(Locale.ROOT)));
    }

    private Set<String> alerts() {
        return new TreeSet<>(spec.findValuesAsString("alert"));
    }
}
