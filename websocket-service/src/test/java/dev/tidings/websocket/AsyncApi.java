package dev.tidings.websocket;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tidings.events.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI document as other people read it. */
public final class AsyncApi {
    private static final String BASE = "https://tidings.dev/";
    private static final JsonNode DOCUMENT = JsonMapper.shared().valueToTree(new Yaml().load(text("asyncapi.yaml")));
    private static final Map<String, String> SCHEMAS = Arrays.stream(EventType.values())
            .map(type -> "schemas/" + type.wireName() + ".schema.json")
            .collect(Collectors.toMap(name -> BASE + name, AsyncApi::text));

    private AsyncApi() {}

    public static JsonNode socket() {
        return DOCUMENT.at("/channels/socket");
    }

    /** Names of the messages of that operation. */
    public static List<String> messages(String operation) {
        return DOCUMENT.path("operations").path(operation).path("messages").findValuesAsString("$ref").stream()
                .map(reference -> reference.replace("#/channels/socket/messages/", ""))
                .toList();
    }

    /** As components hold it. */
    public static JsonNode message(String name) {
        String reference = socket().path("messages").path(name).path("$ref").asString("#");
        return DOCUMENT.at(reference.substring(1));
    }

    /** What of a message on the socket is not as the document says of its type; empty if all is well. */
    public static List<Error> mistakesOf(JsonNode message) {
        String reference = socket().path("messages")
                .path(message.path("type").asString())
                .path("$ref")
                .asString("#/none");
        ObjectNode root = DOCUMENT.deepCopy().asObject();
        root.put("$id", BASE + "asyncapi.yaml").put("$ref", reference + "/payload");
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(SCHEMAS))
                .getSchema(SchemaLocation.of(BASE + "asyncapi.yaml"), root)
                .validate(message);
    }

    private static String text(String name) {
        try (InputStream in = EventType.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
