package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.topology.App;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** Measurements with the flags of the images limit a JVM as the chart limits its container. */
class ContainerLimitsTest {

    @ParameterizedTest
    @EnumSource
    void aServiceHasTheLimitsOfItsContainer(App app) throws IOException {
        Map<String, Object> chart = limitsInChart(app.id());

        assertThat(new ServiceSpec(app.id(), app, 1, "1m", Map.of()).containerLimits())
                .isEqualTo(List.of(
                        "-XX:MaxRAM="
                                + Objects.toString(chart.get("memory"))
                                        .replace("i", "")
                                        .toLowerCase(Locale.ROOT),
                        "-XX:ActiveProcessorCount=" + chart.get("cpu")));
    }

    private static Map<String, Object> limitsInChart(String service) throws IOException {
        Map<String, Object> values =
                new Yaml().load(Files.readString(ProjectRoot.find().resolve("charts/tidings/values.yaml")));
        Map<String, Object> services = child(values, "services");
        boolean hasOwn =
                services.containsKey(service) && child(services, service).containsKey("resources");
        return child(
                child(hasOwn ? child(services, service) : child(values, "serviceDefaults"), "resources"), "limits");
    }

    @SuppressWarnings("unchecked") // the shape of values.yaml
    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        return Objects.requireNonNull((Map<String, Object>) parent.get(key), key);
    }
}
