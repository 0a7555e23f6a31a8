package dev.tidings.websocket.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.UserId;
import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.ingest.ValidationResult.Deliverable;
import dev.tidings.websocket.ingest.ValidationResult.NotPushed;
import dev.tidings.websocket.ingest.ValidationResult.Undeliverable;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventMessage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** By the routing table and the limits that the service ships with. */
class EventValidatorTest {
    private static final Binder SETTINGS = settings();
    private static final RoutingTable ROUTES =
            SETTINGS.bind("tidings", RoutingTable.class).get();
    private static final IngestSettings LIMITS =
            SETTINGS.bind("tidings.ingest", IngestSettings.class).get();
    private final EventValidator validator = new EventValidator(LIMITS);

    private static Binder settings() {
        return settings(Map.of());
    }

    private static Binder settings(Map<String, Object> variables) {
        try {
            StandardEnvironment environment = new StandardEnvironment();
            environment
                    .getPropertySources()
                    .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
            environment.getPropertySources().addLast(TopologyRoutes.properties());
            return Binder.get(environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ValidationResult validate(Route route, byte[] bytes) {
        return validator.validate(route, CloudEventReader.read(route.topic(), bytes, null, null, Instant.now()));
    }

    private ValidationResult read(String topic, byte[] bytes) {
        return validate(ROUTES.of(topic).orElseThrow(), bytes);
    }

    private ValidationResult read(String topic, String source, String type, String data) {
        String event = """
                {"specversion": "1.0", "id": "id-1", "source": "%s", "type": "%s", "time": "2026-02-07T12:00:00.123456Z",
                 "datacontenttype": "application/json", "data": %s}""".formatted(source, type, data);
        return read(topic, event.getBytes(StandardCharsets.UTF_8));
    }

    private NewEvent delivered(String topic, String source, String type, String data) {
        assertThat(read(topic, source, type, data)).isInstanceOf(Deliverable.class);
        return ((Deliverable) read(topic, source, type, data)).event();
    }

    private Reason rejected(ValidationResult reading) {
        assertThat(reading).isInstanceOf(Undeliverable.class);
        return ((Undeliverable) reading).event().reason();
    }

    @Test
    void aTaskEventGoesToItsUserAsATaskUpdate() {
        NewEvent event = delivered("task-updates", "backend", "com.dapr.event.sent", """
                {"event_type": "task.created", "user_id": "ada", "title": "T"}""");

        assertThat(event.eventType()).isEqualTo("task.created");
        assertThat(event.messageType()).isEqualTo("task_update");
        assertThat(event.streams()).containsExactly(StreamName.ofUser("ada"));
        assertThat(event.recipients()).containsExactly("ada");
        assertThat(event.id()).isEqualTo("id-1");
        assertThat(event.source()).isEqualTo("backend");
    }

    @Test
    void theCloudEventsTimeIsKeptForTheLatency() {
        Deliverable event = (Deliverable) read("task-updates", "backend", "task.created", "{\"user_id\": \"ada\"}");

        assertThat(event.published()).isEqualTo(Instant.parse("2026-02-07T12:00:00.123456Z"));
        assertThat(event.event().eventType()).isEqualTo("task.created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "student", "admin", ""})
    void aCompletedSessionReachesTrainerAndStudentWhateverItsRoleSays(String role) {
        NewEvent event = delivered("business-events", "backend", "x", """
                {"type": "SESSION_COMPLETED", "userId": "tim", "role": "%s", "trainerId": "tim", "studentId": "sue"}""".formatted(role));

        assertThat(event.streams()).containsExactly(StreamName.ofUser("sue"), StreamName.ofUser("tim"));
        assertThat(event.messageType()).isEqualTo("business-event");
    }

    @ParameterizedTest
    @CsvSource({
        "purchase-created, purchase-worker, PURCHASE_CREATED",
        "trainer-allocated, backend, TRAINER_ALLOCATED",
        "sessions-generated, session-worker, SESSIONS_GENERATED",
        "business-events, purchase-worker, COURSE_ACCESS_GRANTED"
    })
    void theTutoringEventsAreBusinessEvents(String topic, String source, String type) {
        NewEvent event = delivered(topic, source, type, "{\"studentId\": \"sue\"}");

        assertThat(event.messageType()).isEqualTo("business-event");
        assertThat(event.eventType()).isEqualTo(type);
        assertThat(event.streams()).containsExactly(StreamName.ofUser("sue"));
    }

    @Test
    void aTypeThatClientsDoNotGetStaysOnTheBus() {
        assertThat(read("business-events", "backend", "PURCHASE_CONFIRMED", "{\"studentId\": \"sue\"}"))
                .isEqualTo(new NotPushed("PURCHASE_CONFIRMED"));
    }

    @ParameterizedTest
    @CsvSource({"order.created, order:created", "order.updated, order:updated", "order.cancelled, order:cancelled"})
    void anOrderGoesToItsBuyerAndToTheAdmins(String topic, String messageType) {
        NewEvent event = delivered(topic, "backend", topic, "{\"orderId\": \"o\", \"buyerId\": \"ben\"}");

        assertThat(event.messageType()).isEqualTo(messageType);
        assertThat(event.streams()).containsExactly(StreamName.ofRole("admin"), StreamName.ofUser("ben"));
        assertThat(event.recipients()).containsExactly("ben");
    }

    @Test
    void anOrderThatNamesNoBuyerIsQuarantinedThoughAdminsWouldGetIt() {
        assertThat(rejected(read("order.created", "backend", "order.created", "{}")))
                .isEqualTo(Reason.NO_RECIPIENT);
    }

    @ParameterizedTest
    @CsvSource({"notification.created, notification", "notification.read, notification_read"})
    void aNotificationThatWasReadElsewhereHasAMessageTypeOfItsOwn(String type, String messageType) {
        assertThat(delivered("notifications", "notification-service", type, "{\"userId\": \"ada\"}")
                        .messageType())
                .isEqualTo(messageType);
    }

    @Test
    void theEnvironmentAddsARowAndChangesAFieldOfAnother() {
        RoutingTable changed = settings(Map.of(
                        "TIDINGS_ROUTES_INVOICES_TOPIC", "invoices",
                        "TIDINGS_ROUTES_INVOICES_MESSAGETYPE", "invoice",
                        "TIDINGS_ROUTES_INVOICES_RECIPIENTS", "/customerId,/payerId",
                        "TIDINGS_ROUTES_NOTIFICATIONS_PUBLISHERS", "backend,somebody"))
                .bind("tidings", RoutingTable.class)
                .get();

        assertThat(changed.of("invoices").orElseThrow())
                .extracting(Route::messageType, route -> route.recipients().size())
                .containsExactly("invoice", 2);
        assertThat(changed.of("notifications").orElseThrow())
                .extracting(Route::messageType, Route::publishers)
                .containsExactly("notification", Set.of("backend", "somebody"));
        assertThat(changed.all()).hasSize(ROUTES.all().size() + 1);
    }

    @Test
    void aRoleIsAnAddressOnlyIfTheTableSaysSoAndNoOneIsNamed() {
        Route route = new Route(
                "t",
                "m",
                Map.of(),
                List.of(),
                Set.of(),
                List.of(JsonPointer.compile("/userId")),
                Map.of("MAINTENANCE", "trainer"),
                null,
                Set.of(),
                null);

        assertThat(((Deliverable) validate(route, cloudEvent("MAINTENANCE", "{}")))
                        .event()
                        .streams())
                .containsExactly(StreamName.ofRole("trainer"));
        assertThat(((Deliverable) validate(route, cloudEvent("MAINTENANCE", "{\"userId\": \"ada\"}")))
                        .event()
                        .streams())
                .containsExactly(StreamName.ofUser("ada"));
        assertThat(rejected(validate(route, cloudEvent("OTHER", "{\"role\": \"admin\"}"))))
                .isEqualTo(Reason.NO_RECIPIENT);
    }

    private static byte[] cloudEvent(String type, String data) {
        return "{\"id\": \"1\", \"source\": \"any\", \"type\": \"%s\", \"data\": %s}"
                .formatted(type, data)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void severalRecipientsMayStandInAList() {
        assertThat(delivered("task-updates", "backend", "t", "{\"user_id\": [\"ada\", \"bob\", \"ada\"]}")
                        .streams())
                .containsExactly(StreamName.ofUser("ada"), StreamName.ofUser("bob"));
    }

    @Test
    void numbersKeepTheirDigits() {
        NewEvent event = delivered("task-updates", "backend", "t", """
                {"user_id": "ada", "big": 12345678901234567890123, "price": 10.10}""");

        assertThat(event.data()).isEqualTo("""
                {"user_id":"ada","big":12345678901234567890123,"price":10.10}""");
    }

    @ParameterizedTest
    @CsvSource({
        "1e131000, 3",
        "1e20000, 20",
        "-1.5e-16000, 20",
        "1e131000, 1000",
    })
    void dataThatIsLargeWithAllItsDigitsIsRefused(String number, int count) {
        String numbers = String.join(",", Collections.nCopies(count, number));
        assertThat(rejected(
                        read("task-updates", "backend", "t", "{\"user_id\": \"ada\", \"x\": [%s]}".formatted(numbers))))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e131072", "1e-131000", "1e2147483647", "-1e-2147483647", "1e99999999999"})
    void aNumberThatTheDatabaseCannotHoldIsRefused(String number) {
        assertThat(rejected(
                        read("task-updates", "backend", "t", "{\"user_id\": \"ada\", \"x\": %s}".formatted(number))))
                .isEqualTo(Reason.NUMBER_OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e", "01", "0x1", "NaN", "Infinity"})
    void whatIsNoNumberIsNoJson(String number) {
        assertThat(rejected(
                        read("task-updates", "backend", "t", "{\"user_id\": \"ada\", \"x\": %s}".formatted(number))))
                .isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E400", "-0", "-0.0", "1e-400", "123456789012345678901234567890"})
    void unusualNumbersAreFine(String number) {
        delivered("task-updates", "backend", "t", "{\"user_id\": \"ada\", \"x\": %s}".formatted(number));
    }

    @Test
    void aNumberOfVeryManyDigitsIsTooLarge() {
        assertThat(rejected(read(
                        "task-updates",
                        "backend",
                        "t",
                        "{\"user_id\": \"ada\", \"x\": %s}".formatted("9".repeat(5_000)))))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void anotherPublisherIsRefused() {
        assertThat(rejected(read("task-updates", "foreign-service", "t", "{\"user_id\": \"ada\"}")))
                .isEqualTo(Reason.SOURCE_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "[1]", "12", "null", "true"})
    void dataThatIsNoObjectIsAForeignShape(String data) {
        assertThat(rejected(read("task-updates", "backend", "t", data))).isEqualTo(Reason.FOREIGN_SHAPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "17", "{}", "\"a\\nb\"", "\"a\\u0007\"", "[\"ada\", 1]", "\"\\ud800\""})
    void whatIsNoUserIdIsRefused(String id) {
        assertThat(rejected(read("task-updates", "backend", "t", "{\"user_id\": %s}".formatted(id))))
                .isEqualTo(Reason.INVALID_ID);
    }

    @Test
    void theExamplesOfUserIdsAreJudgedAsTheDefinitionDoes() {
        JsonNode examples = JsonMapper.shared().readTree(UserId.class.getResourceAsStream("user-ids.json"));
        for (String kind : new String[] {"accepted", "refused"}) {
            assertThat(examples.path(kind).size()).isPositive();
            examples.path(kind)
                    .forEach(example -> assertJudgedAsAUserId(example.path("id").stringValue()));
        }
    }

    /** What the definition accepts travels unchanged to the stream, to the registry's key and to the message. */
    @Property(tries = 500)
    void anyTextIsJudgedAsTheDefinitionOfAUserIdDoes(@ForAll @StringLength(max = 140) String text) {
        assertJudgedAsAUserId(text);
    }

    private void assertJudgedAsAUserId(String id) {
        StringBuilder escaped = new StringBuilder();
        id.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        ValidationResult reading = read("task-updates", "backend", "t", "{\"user_id\": \"%s\"}".formatted(escaped));
        if (!UserId.isValid(id)) {
            assertThat(rejected(reading)).isIn(Reason.INVALID_ID, Reason.NUL_CHARACTER);
            return;
        }
        assertThat(reading).isInstanceOf(Deliverable.class);
        NewEvent event = ((Deliverable) reading).event();
        assertThat(event.recipients()).containsExactly(id);
        assertThat(event.streams())
                .singleElement()
                .extracting(StreamName::owner)
                .isEqualTo(id);
        byte[] message = EventMessage.of(new LoggedEvent(
                        StreamName.ofUser(id),
                        1,
                        event.source(),
                        event.id(),
                        event.eventType(),
                        event.messageType(),
                        event.data(),
                        0,
                        event.recipients()))
                .with(Cursor.at(0, Map.of()));
        assertThat(JsonMapper.shared().readTree(message).at("/event/user_id").stringValue())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"user_id\": null}", "{\"role\": \"admin\"}", "{\"userId\": \"ada\"}"})
    void anEventThatNamesNoOneIsRefused(String data) {
        assertThat(rejected(read("task-updates", "backend", "t", data))).isEqualTo(Reason.NO_RECIPIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"user_id\": \"ada\", \"t\": \"\\u0000\"}", "{\"user_id\": \"ada\", \"\\u0000\": [1]}"})
    void aNulCharacterAnywhereIsRefused(String data) {
        assertThat(rejected(read("task-updates", "backend", "t", data))).isEqualTo(Reason.NUL_CHARACTER);
    }

    @Test
    void aTextThatOnlyLooksLikeANulIsFine() {
        delivered("task-updates", "backend", "t", "{\"user_id\": \"ada\", \"t\": \"\\\\u0000\"}");
    }

    @Test
    void whatNestsTooDeepIsRefused() {
        String deep = "[".repeat(LIMITS.maxDepth()) + "]".repeat(LIMITS.maxDepth());
        assertThat(rejected(read("task-updates", "backend", "t", "{\"user_id\": \"ada\", \"d\": %s}".formatted(deep))))
                .isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void whatIsRefusedUnreadIsNamedAllTheSame() {
        String data = "{\"t\":[[\"" + "x".repeat(LIMITS.maxEventBytes()) + "\"]]}";
        String envelope = "{\"data\":%s,\"id\":\"e-1\",\"source\":\"backend\"}".formatted(data);

        ValidationResult reading = read("task-updates", envelope.getBytes(StandardCharsets.UTF_8));

        assertThat(reading).isInstanceOfSatisfying(Undeliverable.class, rejected -> {
            assertThat(rejected.event().eventId()).isEqualTo("e-1");
            assertThat(rejected.event().source()).isEqualTo("backend");
        });
    }

    @Test
    void whatIsTooLargeIsRefusedUnread() {
        assertThat(rejected(read("task-updates", new byte[LIMITS.maxEventBytes() + 1])))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{", "{} {}", "\u0000"})
    void whatIsNoJsonIsRefused(String text) {
        assertThat(rejected(read("task-updates", text.getBytes(StandardCharsets.UTF_8))))
                .isIn(Reason.NOT_JSON, Reason.NOT_A_CLOUD_EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{\"id\": \"1\", \"data\": {}}",
                "{\"source\": \"backend\", \"data\": {}}",
                "{\"id\": 1, \"source\": \"backend\", \"data\": {}}",
                "{\"id\": \"\", \"source\": \"backend\", \"data\": {}}",
                "{\"id\": \"a\\tb\", \"source\": \"backend\", \"data\": {}}"
            })
    void whatIsNoCloudEventIsRefused(String text) {
        assertThat(rejected(read("task-updates", text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Reason.NOT_A_CLOUD_EVENT);
    }

    @Test
    void aRefusalNamesTheEvent() {
        Undeliverable rejected = (Undeliverable) read("task-updates", "backend", "t", "{}");

        assertThat(rejected.event().eventId()).isEqualTo("id-1");
        assertThat(rejected.event().source()).isEqualTo("backend");
        assertThat(rejected.event().topic()).isEqualTo("task-updates");
    }

    @Property
    void noBytesBreakTheReader(@ForAll byte[] bytes) {
        assertThat(read("task-updates", bytes)).isInstanceOf(Undeliverable.class);
    }

    @Test
    void logLinesCannotBeForged() {
        assertThat(LogText.fill("Order {/orderId}, Status: {/status}", "{\"orderId\": \"a\\nb$1\"}"))
                .isEqualTo("Order a?b$1, Status: -");
    }
}
