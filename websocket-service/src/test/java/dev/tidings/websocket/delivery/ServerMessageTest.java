package dev.tidings.websocket.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.EventType;
import dev.tidings.websocket.AsyncApi;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** R-DP-2: what the service sends, {@code docs/protocol.md} and the AsyncAPI document are one. */
class ServerMessageTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOW = Instant.parse("2026-02-07T12:00:00.123Z");
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final Cursor CURSOR = Cursor.at(7, Map.of(ADA, 3L));

    static Stream<JsonNode> messages() {
        return Stream.of(
                        ServerMessage.connected("ada", "user", NOW, CURSOR.encode(), NOW),
                        ServerMessage.renewed(NOW, NOW),
                        ServerMessage.pong(NOW),
                        ServerMessage.subscribed("orders", NOW),
                        ServerMessage.error("unknown_type", "no such type", NOW),
                        ServerMessage.tokenExpiring(NOW, NOW),
                        ServerMessage.bye(CloseReason.SHUTTING_DOWN, 1200, NOW),
                        ServerMessage.gap(new Gap(ADA, 1, 3, Map.of("task.created", 3L)), CURSOR, NOW),
                        ServerMessage.gap(Gap.unknown(ADA), null, NOW))
                .map(JSON::readTree);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsAsTheDocumentSays(JsonNode message) {
        assertThat(AsyncApi.mistakesOf(message)).isEmpty();
        assertThat(AsyncApi.mistakesOf(
                        JSON.createObjectNode().put("type", message.path("type").asString())))
                .as("the document demands something")
                .isNotEmpty();
        Set<String> known = new TreeSet<>(AsyncApi.message(message.path("type").asString())
                .at("/payload/properties")
                .propertyNames());
        assertThat(known).as("nothing is sent undocumented").containsAll(message.propertyNames());
    }

    @Test
    void everyMessageOfTheDocumentIsSent() throws IOException {
        Set<String> sent =
                messages().map(message -> message.path("type").asString()).collect(Collectors.toSet());
        sent.addAll(eventsByMessageType().keySet());

        assertThat(AsyncApi.messages("tell-clients")).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(AsyncApi.messages("tell-clients"))
                .containsExactlyInAnyOrderElementsOf(typesIn("## Server to client"));
        assertThat(AsyncApi.messages("hear-clients"))
                .containsExactlyInAnyOrderElementsOf(typesIn("## Client to server"));
    }

    @Test
    void theDocumentNamesTheEventsThatArePushed() {
        eventsByMessageType().forEach((messageType, events) -> {
            List<String> documented = AsyncApi.message(messageType).findValuesAsString("$ref").stream()
                    .filter(reference -> reference.startsWith("schemas/"))
                    .map(reference -> reference.replaceAll("schemas/(.*)\\.schema\\.json", "$1"))
                    .toList();
            assertThat(documented).as(messageType).containsExactlyInAnyOrderElementsOf(events);
        });
    }

    @Test
    void theDocumentListsTheCloseCodes() {
        List<String> documented = AsyncApi.socket()
                .path("x-close-codes")
                .valueStream()
                .map(code -> "%d %s: %s. %s"
                        .formatted(
                                code.path("code").asInt(),
                                code.path("name").asString(),
                                code.path("reason").asString(),
                                code.path("client").asString()))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(CloseReason.values())
                        .map(reason -> "%d %s: %s. %s"
                                .formatted(
                                        reason.code(),
                                        reason.name(),
                                        reason.text(),
                                        reason.advice().text()))
                        .toList());
    }

    private static Map<String, Set<String>> eventsByMessageType() {
        return Arrays.stream(EventType.values())
                .filter(type -> type.push().pushed())
                .collect(Collectors.groupingBy(
                        ServerMessageTest::messageType, Collectors.mapping(EventType::wireName, Collectors.toSet())));
    }

    private static String messageType(EventType type) {
        return Optional.ofNullable(type.push().messageType())
                .orElseGet(() -> type.topic().audience().orElseThrow().messageType());
    }

    /** Of the first column of the table below that heading. */
    private static Set<String> typesIn(String heading) throws IOException {
        String text = Files.readString(Path.of("../docs/protocol.md"));
        String chapter = text.substring(text.indexOf(heading) + heading.length());
        chapter = chapter.substring(0, chapter.indexOf("\n## "));
        Set<String> types = new LinkedHashSet<>();
        chapter.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| ")[0])
                .forEach(cell -> Pattern.compile("`([^`]+)`")
                        .matcher(cell)
                        .results()
                        .forEach(match -> types.add(match.group(1))));
        return types;
    }
}
