package dev.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of {@code docs/event-versions.md}: consumers and producers of different releases understand each other.
 *
 * <p>{@code src/test/resources/v1} holds what the first release writes. It is never changed: it is on topics, in logs and in dead
 * letters. A type that came later has its first sample there as well.
 */
class VersionsTest {
    /** As Spring configures the consumers': what they do not know they pass over. */
    private static final JsonMapper CONSUMER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void aNewConsumerReadsWhatTheFirstProducerWrote(EventType type) throws IOException {
        JsonNode first = frozen(type);

        JsonNode understood = CONSUMER.valueToTree(understood(first, type));

        assertThat(schemaOf(type).validate(first)).isEmpty();
        assertThat(containsAll(understood, first))
                .as("no field of %s was removed, renamed or given another type: %s", first, understood)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void anOldConsumerReadsWhatALaterProducerAdds(EventType type) throws IOException {
        JsonNode now = read("samples/" + type.wireName() + ".json", EventType.class);
        JsonNode later = withMoreFields(now);

        assertThat(later).isNotEqualTo(now);
        assertThat(schemaOf(type).validate(later)).isEmpty();
        assertThat(understood(later, type)).isEqualTo(understood(now, type));
    }

    /** A consumer of the first release knows nothing of what was added, and needs what was there. */
    @ParameterizedTest
    @EnumSource(EventType.class)
    void whatIsWrittenTodayHasEveryFieldThatTheFirstReleaseRequired(EventType type) throws IOException {
        JsonNode today = read("samples/" + type.wireName() + ".json", EventType.class);

        assertThat(new TreeSet<>(today.propertyNames()))
                .containsAll(new TreeSet<>(frozen(type).propertyNames()));
    }

    @Test
    void aTypeOfTheFirstReleaseIsStillRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/v1"))) {
            assertThat(files.map(file -> file.toFile().getName().replace(".json", "")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(EventType.of(name).payload()).isNotNull());
        }
    }

    private static Record understood(JsonNode event, EventType type) {
        return CONSUMER.treeToValue(event, type.payload());
    }

    /** In every object, at every depth. */
    private static JsonNode withMoreFields(JsonNode sample) {
        JsonNode copy = sample.deepCopy();
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(copy);
        while (!open.isEmpty()) {
            JsonNode node = open.remove();
            node.forEach(open::add);
            if (node instanceof ObjectNode object) {
                object.put("addedLater", 1).putObject("alsoAdded").put("deep", true);
            }
        }
        return copy;
    }

    private static boolean containsAll(JsonNode whole, JsonNode part) {
        if (part.isObject()) {
            return part.propertyStream()
                    .allMatch(field ->
                            whole.has(field.getKey()) && containsAll(whole.path(field.getKey()), field.getValue()));
        }
        if (part.isArray()) {
            return whole.size() == part.size()
                    && IntStream.range(0, part.size()).allMatch(n -> containsAll(whole.path(n), part.path(n)));
        }
        return part.isNumber()
                ? whole.isNumber() && whole.decimalValue().compareTo(part.decimalValue()) == 0
                : whole.equals(part);
    }

    private static Schema schemaOf(EventType type) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read("schemas/" + type.wireName() + ".schema.json", EventType.class));
    }

    private static JsonNode frozen(EventType type) throws IOException {
        return read("/v1/" + type.wireName() + ".json", VersionsTest.class);
    }

    private static JsonNode read(String name, Class<?> beside) throws IOException {
        try (InputStream in = beside.getResourceAsStream(name)) {
            assertThat(in).as("resource %s", name).isNotNull();
            return CONSUMER.readTree(in);
        }
    }
}
