package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** R-OP-1: the console colours a step by the limits of the alerts, so an operator sees there what wakes them. */
class ConsoleLimitsTest {
    private static final Path ROOT = ProjectRoot.find();
    private static final Path CHART = ROOT.resolve("charts/tidings");

    @Test
    void theConsoleNamesAlertsOfTheChartWithTheirSeverity() {
        Map<String, String> ofTheConsole = new TreeMap<>();
        Matcher alerts = Pattern.compile("\\(\"(Tidings\\w+)\", Severity\\.(\\w+)\\)")
                .matcher(
                        Yaml.text(ROOT.resolve("backend/src/main/java/dev/tidings/backend/overview/AlertLimits.java")));
        while (alerts.find()) {
            ofTheConsole.put(alerts.group(1), alerts.group(2).toLowerCase(Locale.ROOT));
        }

        assertThat(ofTheConsole).hasSizeGreaterThan(5);
        assertThat(severities()).containsAllEntriesOf(ofTheConsole);
    }

    @Test
    void theLimitIsTheSameValue() {
        String chart = found("deliverWithin: (\\d+)", CHART.resolve("values.yaml"));
        String backend =
                found("TIDINGS_DELIVER_WITHIN:(\\d+)s", ROOT.resolve("backend/src/main/resources/application.yaml"));

        assertThat(backend).isEqualTo(chart);
    }

    @Test
    void theChartGivesItsLimitToTheConsole() {
        assertThat(Yaml.text(CHART.resolve("templates/_helpers.tpl")))
                .contains("TIDINGS_DELIVER_WITHIN, value: \"{{ $values.monitoring.deliverWithin }}s\"");
    }

    private static Map<String, String> severities() {
        Map<String, String> found = new TreeMap<>();
        Matcher rules = Pattern.compile("alert: (Tidings\\w+).*?severity: (\\w+)", Pattern.DOTALL)
                .matcher(Yaml.text(CHART.resolve("templates/monitoring.yaml")));
        while (rules.find()) {
            found.put(rules.group(1), rules.group(2));
        }
        return found;
    }

    private static String found(String pattern, Path file) {
        Matcher matcher = Pattern.compile(pattern).matcher(Yaml.text(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }
}
