package dev.tidings.websocket.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.websocket.ingest.ValidationResult.Deliverable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** R-RL-3: whatever JSON arrives, the event that the database gives back is within the limit of what may arrive. */
class StoredSizeIT {
    private static final int LIMIT = 2_048;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Route ROUTE = new Route(
            "any",
            "message",
            Map.of(),
            List.of(),
            Set.of(),
            List.of(JsonPointer.compile("/user")),
            Map.of(),
            null,
            Set.of(),
            null);

    private static final JdbcClient JDBC = database();

    private final EventValidator validator =
            new EventValidator(new IngestSettings(Duration.ofMillis(5), Map.of(), 200, LIMIT, 32, 100));

    private static JdbcClient database() {
        TidingsDatabase.Login login = Infrastructure.shared().freshDatabase().websocket();
        return JdbcClient.create(new SingleConnectionDataSource(login.jdbcUrl(), login.user(), login.password(), true));
    }

    @Property(tries = 1_000)
    void whatTheDatabaseGivesBackIsWithinTheLimit(@ForAll("json") String value) {
        String event = "{\"id\":\"1\",\"source\":\"s\",\"data\":{\"user\":\"ada\",\"value\":" + value + "}}";
        ReceivedEvent received =
                CloudEventReader.read(ROUTE.topic(), event.getBytes(StandardCharsets.UTF_8), null, null, Instant.now());
        if (validator.validate(ROUTE, received) instanceof Deliverable deliverable) {
            String data = deliverable.event().data();
            String stored = JDBC.sql("SELECT (:data::jsonb)::text")
                    .param("data", data)
                    .query(String.class)
                    .single();
            int bytes = stored.getBytes(StandardCharsets.UTF_8).length;
            assertThat(bytes).isLessThanOrEqualTo(LIMIT);
            assertThat(StoredSize.of(JSON.readTree(data))).isEqualTo(bytes);
        }
    }

    @Provide
    Arbitrary<String> json() {
        return nested(3);
    }

    private static Arbitrary<String> nested(int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(number(), text(), Arbitraries.of("true", "false", "null"));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> child = Arbitraries.lazy(() -> nested(depth - 1));
        return Arbitraries.oneOf(
                leaf,
                child.list().ofMaxSize(8).map(list -> "[" + String.join(",", list) + "]"),
                Combinators.combine(text(), child)
                        .as((name, member) -> name + " : " + member)
                        .list()
                        .ofMaxSize(8)
                        .map(list -> "{" + String.join(",", list) + "}"));
    }

    private static Arbitrary<String> number() {
        Arbitrary<String> digits = Arbitraries.integers().between(0, 99_999).map(String::valueOf);
        Arbitrary<String> fraction = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(9).map(d -> "." + d));
        Arbitrary<String> exponent = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.integers().between(-2_500, 2_500).map(e -> "e" + e),
                Arbitraries.integers().map(e -> "E" + e));
        return Combinators.combine(Arbitraries.of("", "-"), digits, fraction, exponent)
                .as((sign, whole, rest, power) -> sign + whole + rest + power);
    }

    /** Quoted, of any characters, each as it is or as an escape. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                        Arbitraries.strings()
                                .all()
                                .excludeChars('\0')
                                .ofMaxLength(40)
                                .map(text -> JSON.writeValueAsString(text)),
                        Arbitraries.chars()
                                .range('\u0001', '\ud7ff')
                                .list()
                                .ofMaxSize(40)
                                .map(StoredSizeIT::escaped))
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static String escaped(List<Character> characters) {
        StringBuilder text = new StringBuilder("\"");
        characters.forEach(character -> text.append("\\u%04x".formatted((int) character)));
        return text.append('"').toString();
    }
}
