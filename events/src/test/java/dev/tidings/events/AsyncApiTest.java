package dev.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** R-DP-2: {@code asyncapi.yaml} says of topics, event types and payloads what the code says, and says it in AsyncAPI. */
class AsyncApiTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BASE = "https://tidings.dev/";
    private static final JsonNode DOCUMENT = JSON.valueToTree(new Yaml().load(text("asyncapi.yaml")));

    @Test
    void itIsAnAsyncApiDocument() throws IOException {
        try (InputStream in = AsyncApiTest.class.getResourceAsStream("/asyncapi-3.0.0.schema.json")) {
            Schema specification = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(JSON.readTree(in));

            assertThat(specification.validate(DOCUMENT)).isEmpty();
            assertThat(specification.validate(JSON.createObjectNode().put("asyncapi", "3.0.0")))
                    .as("the specification demands something at all")
                    .isNotEmpty();
        }
    }

    @Test
    void everyTopicIsAChannelAndEveryChannelOfTheBusIsATopic() {
        List<String> channels = DOCUMENT.path("channels")
                .propertyStream()
                .filter(channel -> !channel.getKey().equals("socket"))
                .map(channel -> channel.getValue().path("address").asString())
                .toList();

        assertThat(channels)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::wireName).toList());
        // R-PF-8
        assertThat(DOCUMENT.path("channels").findValuesAsString("partitions"))
                .hasSameSizeAs(channels)
                .containsOnly(Integer.toString(Topic.PARTITIONS));
    }

    @ParameterizedTest
    @EnumSource(value = Topic.class, mode = EnumSource.Mode.EXCLUDE, names = "DEAD_LETTER_QUEUE")
    void theMessagesOfAChannelAreTheEventTypesOfTheTopic(Topic topic) {
        JsonNode messages = DOCUMENT.path("channels").path(topic.wireName()).path("messages");

        assertThat(messages.propertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                        .filter(type -> type.topic() == topic)
                        .map(EventType::wireName)
                        .toList());
        messages.propertyStream()
                .forEach(message -> assertThat(message.getValue().path("$ref").asString())
                        .isEqualTo("#/components/messages/" + message.getKey()));
        assertThat(DOCUMENT.path("operations")
                        .path("publish-" + topic.wireName())
                        .path("channel"))
                .isEqualTo(JSON.createObjectNode().put("$ref", "#/channels/" + topic.wireName()));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void theSampleInItsEnvelopeFitsThePayload(EventType type) {
        Schema payload = payloadOf(type);

        assertThat(payload.validate(inEnvelope(type, sample(type)))).isEmpty();
        assertThat(payload.validate(inEnvelope(type, JSON.createObjectNode())))
                .as("the payload's own schema is referred to")
                .isNotEmpty();
        assertThat(payload.validate(sample(type))).as("without envelope").isNotEmpty();
    }

    /** The whole document is the schema's root, so that its references find what they name. */
    private static Schema payloadOf(EventType type) {
        ObjectNode root = DOCUMENT.deepCopy().asObject();
        root.put("$id", BASE + "asyncapi.yaml");
        root.put("$ref", "#/components/messages/%s/payload".formatted(type.wireName()));
        Map<String, String> schemas = Arrays.stream(EventType.values())
                .map(each -> "schemas/" + each.wireName() + ".schema.json")
                .collect(Collectors.toMap(name -> BASE + name, AsyncApiTest::text));
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(schemas))
                .getSchema(SchemaLocation.of(BASE + "asyncapi.yaml"), root);
    }

    private static ObjectNode inEnvelope(EventType type, JsonNode data) {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0")
                .put("id", "019a0f5c-2b7e-7cc0-9f6e-000000000099")
                .put("source", "backend")
                .put("type", type.wireName())
                .put("datacontenttype", "application/json")
                .set("data", data);
        return event;
    }

    private static JsonNode sample(EventType type) {
        return JSON.readTree(text("samples/" + type.wireName() + ".json"));
    }

    private static String text(String name) {
        try (InputStream in = EventType.class.getResourceAsStream(name)) {
            assertThat(in).as("resource %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
