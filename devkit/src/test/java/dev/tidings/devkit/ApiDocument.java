package dev.tidings.devkit;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI document in {@code docs/api}, for comparison with a running service. An operation is written {@code GET
 * /api/tasks/{id}}.
 *
 * <p>Needs the validator of JSON Schemas, an optional dependency that users of this class declare.
 */
public final class ApiDocument {
    private static final String BASE = "https://tidings.dev/openapi";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;

    private ApiDocument(JsonNode document) {
        this.document = document;
    }

    /** @param service name of the service */
    public static ApiDocument of(String service) {
        Path file = ProjectRoot.find().resolve("docs/api").resolve(service + ".openapi.yaml");
        try (Reader yaml = Files.newBufferedReader(file)) {
            return new ApiDocument(JsonMapper.shared().valueToTree(new Yaml().load(yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode json() {
        return document;
    }

    public Set<String> operations() {
        return document.path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toSet());
    }

    /** Returns the differences between an answer and the document; empty if there are none. */
    public List<String> mistakes(String operation, int status, String contentType, String body) {
        String[] words = operation.split(" ");
        String responses = "/paths/%s/%s/responses/".formatted(escaped(words[1]), words[0].toLowerCase(Locale.ROOT));
        String response = responses + status;
        if (document.at(response).isMissingNode() && status >= 400) {
            response = pointer(document.at(responses + "default").path("$ref").asString("#"));
        }
        JsonNode content = document.at(response).path("content");
        if (document.at(response).isMissingNode()) {
            return List.of("status %d is not documented: %s".formatted(status, body));
        }
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("it has a body: " + body);
        }
        String type = contentType.replaceAll(";.*", "");
        if (!content.has(type)) {
            return List.of("content type '%s' is not documented: %s".formatted(contentType, body));
        }
        String schema = "%s/content/%s/schema".formatted(response, escaped(type));
        return document.at(schema).isMissingNode()
                ? List.of()
                : validate(schema, JsonMapper.shared().readTree(body));
    }

    /** Uses the whole document as the root of the schema, so that its references resolve. */
    private List<String> validate(String pointer, JsonNode value) {
        ObjectNode root = document.deepCopy().asObject();
        root.put("$id", BASE).put("$ref", "#" + pointer);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(BASE), root)
                .validate(value)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static String pointer(String reference) {
        return reference.substring(1);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
