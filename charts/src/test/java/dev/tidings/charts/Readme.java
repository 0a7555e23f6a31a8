package dev.tidings.charts;

import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The chart's README: a written head, and a table of all settings with their defaults. */
final class Readme {

    private final StringBuilder text = new StringBuilder();

    private Readme() {}

    static String content() {
        Readme readme = new Readme();
        readme.text.append(Yaml.text(Chart.FOLDER.resolve("README.head.md")));
        readme.text.append("| setting | default | |\n|---|---|---|\n");
        JsonNode schema = Yaml.JSON.readTree(Yaml.text(Chart.TIDINGS.resolve("values.schema.json")));
        readme.rows("", schema.path("properties"), Yaml.file(Chart.TIDINGS.resolve("values.yaml")));
        readme.text.append("\nA row of `services`:\n\n| setting | |\n|---|---|\n");
        readme.services("", schema.at("/properties/services/additionalProperties/properties"));
        return readme.text.toString();
    }

    private void rows(String prefix, JsonNode properties, JsonNode defaults) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String name = prefix + property.getKey();
            JsonNode schema = property.getValue();
            JsonNode value = defaults.path(property.getKey());
            if (schema.has("properties") && !name.endsWith("resources")) {
                rows(name + ".", schema.path("properties"), value);
            } else if (!value.isMissingNode()) {
                String shown = name.equals("services") ? "see below" : "`" + value + "`";
                text.append("| `%s` | %s | %s |\n".formatted(name, shown, description(schema)));
            }
        }
    }

    private void services(String prefix, JsonNode properties) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String name = prefix + property.getKey();
            JsonNode schema = property.getValue();
            text.append("| `%s` | %s |\n".formatted(name, description(schema)));
            if (schema.has("properties") && !name.equals("resources")) {
                services(name + ".", schema.path("properties"));
            }
        }
    }

    private static String description(JsonNode schema) {
        StringBuilder description = new StringBuilder(
                Objects.requireNonNull(schema.path("description").asString("")));
        if (schema.has("enum")) {
            description.append(": ").append(String.join(", ", Yaml.texts(schema.path("enum"))));
        }
        return description.toString();
    }
}
