package dev.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every event type has a sample and a schema, and the payload record loses nothing of the sample. */
class ContractTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void theSampleOfATypeIsWhatItsRecordWrites(EventType type) throws IOException {
        JsonNode sample = read("samples/" + type.wireName() + ".json");

        JsonNode written = JSON.readTree(JSON.writeValueAsString(JSON.treeToValue(sample, type.payload())));

        assertThat(written).isEqualTo(sample);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void theSampleOfATypeFitsItsSchema(EventType type) throws IOException {
        assertThat(schemaOf(type).validate(read("samples/" + type.wireName() + ".json")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void anEmptyPayloadDoesNotFitTheSchema(EventType type) throws IOException {
        assertThat(schemaOf(type).validate(JSON.createObjectNode())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void aTopicIsFoundByItsWireName(Topic topic) {
        assertThat(Topic.of(topic.wireName())).isEqualTo(topic);
    }

    @Test
    void aTimeOnTheWireHasThreeDecimals() {
        assertThat(Timestamps.format(java.time.Instant.parse("2026-02-07T12:00:00.123456Z")))
                .isEqualTo("2026-02-07T12:00:00.123Z");
        assertThat(Timestamps.format(java.time.Instant.parse("2026-02-07T12:00:00Z")))
                .isEqualTo("2026-02-07T12:00:00.000Z");
    }

    private static Schema schemaOf(EventType type) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read("schemas/" + type.wireName() + ".schema.json"));
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in = EventType.class.getResourceAsStream(name)) {
            assertThat(in).as("resource %s", name).isNotNull();
            return JSON.readTree(in);
        }
    }
}
