package dev.tidings.websocket.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.tidings.tokens.Role;
import dev.tidings.websocket.ServiceUnderTest;
import dev.tidings.websocket.delivery.Connection;
import dev.tidings.websocket.delivery.ConnectionHub;
import dev.tidings.websocket.delivery.OpenResult.Opened;
import dev.tidings.websocket.delivery.Subscriber;
import dev.tidings.websocket.delivery.Wire;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** R-EV-5: which connections have an event. */
class DeliveriesIT extends ServiceUnderTest {
    private final String user = unique("ada & co/ü");
    private final String event = unique("event");

    @Autowired
    private ConnectionHub hub;

    @Autowired
    private EventLog log;

    @Autowired
    private TransactionTemplate transaction;

    /** Takes everything at once. */
    private static final class OpenWire implements Wire {
        @Override
        public void write(byte[] utf8, Consumer<@Nullable Throwable> done) {
            done.accept(null);
        }

        @Override
        public void ping() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}
    }

    @Test
    void an_event_is_found_with_the_connections_that_have_it_and_those_that_came_later() {
        Connection early = connect();
        deliver("task-updates", taskEvent(event, user, "Look"));
        Connection late = connect();

        await().untilAsserted(() -> assertThat(outcomes()).containsExactlyInAnyOrder("sent", "before"));

        StreamName stream = StreamName.ofUser(user);
        assertThat(early.acknowledge(Cursor.at(log.epoch(), Map.of(stream, Long.MAX_VALUE))))
                .as("a forged acknowledgement")
                .isFalse();
        assertThat(outcomes()).containsExactlyInAnyOrder("sent", "before");
        assertThat(early.acknowledge(Cursor.at(log.epoch(), Map.of(stream, 1L))))
                .isTrue();
        assertThat(outcomes()).containsExactlyInAnyOrder("acknowledged", "before");
        JsonNode acknowledged = ofEvent()
                .path("copies")
                .path(0)
                .path("connections")
                .valueStream()
                .filter(connection -> connection.path("outcome").asString().equals("acknowledged"))
                .findFirst()
                .orElseThrow();
        String loggedAt = ofEvent().path("copies").path(0).path("loggedAt").asString();
        assertThat(acknowledged.path("sentAt").asString()).isGreaterThanOrEqualTo(loggedAt);
        assertThat(acknowledged.path("acknowledgedAt").asString())
                .isGreaterThanOrEqualTo(acknowledged.path("sentAt").asString());

        hub.closed(early);
        hub.closed(late);
        JsonNode copy = ofEvent().path("copies").path(0);
        assertThat(copy.path("stream").asString()).isEqualTo("user:" + user);
        assertThat(copy.path("number").asLong()).isEqualTo(1);
        assertThat(copy.path("connections")
                        .valueStream()
                        .map(c -> c.path("closedBy").asString()))
                .containsExactly("client", "client");
    }

    @Test
    void a_connection_that_closed_before_the_event_has_nothing_to_do_with_it() {
        hub.closed(connect());
        hub.closed(connect());
        deliver("task-updates", taskEvent(event, user, "Look"));

        assertThat(ofEvent().path("copies")).hasSize(1);
        assertThat(outcomes()).isEmpty();
        assertThat(ofEvent()
                        .path("copies")
                        .path(0)
                        .path("lastClosed")
                        .path("closedBy")
                        .asString())
                .isEqualTo("client");
        assertThat(ask("user", user).path("connections")).hasSize(2);
    }

    @Test
    void a_user_is_shown_with_the_newest_events_and_how_far_each_connection_is() {
        deliver("task-updates", taskEvent(unique("older"), user, "Before"));
        Connection connection = connect();
        deliver("task-updates", taskEvent(event, user, "Look"));

        await().untilAsserted(() -> {
            JsonNode answer = ask("user", user);
            assertThat(answer.path("tail").asLong()).isEqualTo(2);
            assertThat(answer.path("latest").path(0).path("eventId").asString()).isEqualTo(event);
            assertThat(answer.path("latest")
                            .path(1)
                            .path("connections")
                            .path(0)
                            .path("outcome")
                            .asString())
                    .isEqualTo("before");
            assertThat(answer.path("connections")).hasSize(1);
            assertThat(answer.path("connections").path(0).path("sentUpTo").asLong())
                    .isEqualTo(2);
            assertThat(answer.path("connections").path(0).path("behind").asLong())
                    .isZero();
        });
        hub.closed(connection);
    }

    @Test
    void a_quarantined_event_is_found_with_the_reason() {
        deliver("task-updates", taskEvent(event, "", "For nobody"));

        JsonNode answer = ofEvent();
        assertThat(answer.path("copies")).isEmpty();
        assertThat(answer.path("quarantined").path(0).path("detail").asString()).isNotEmpty();
    }

    @Test
    void the_last_message_of_a_client_has_a_time_and_a_pong_has_none() {
        Connection connection = connect();
        connection.heard(false);
        assertThat(ask("user", user).path("connections").path(0).path("heardAt").isNull())
                .isTrue();

        connection.heard(true);
        connection.heard(false);
        assertThat(ask("user", user).path("connections").path(0).path("heardAt").asString())
                .isGreaterThanOrEqualTo(ask("user", user)
                        .path("connections")
                        .path(0)
                        .path("openedAt")
                        .asString());
        hub.closed(connection);
    }

    /** A statement that waits for a lock delays events of its batch. */
    @Test
    void a_statement_that_the_database_does_not_finish_is_reported_with_what_it_waits_for() {
        deliver("task-updates", taskEvent(unique("earlier"), user, "Before"));
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("SELECT * FROM stream WHERE name = :name FOR UPDATE")
                    .param("name", StreamName.ofUser(user).value())
                    .query()
                    .listOfRows();
            Thread ingest = Thread.ofVirtual().start(() -> deliver("task-updates", taskEvent(event, user, "Waits")));
            await().untilAsserted(() -> {
                JsonNode slow = ofEvent().path("ingest").path("slowStatement");
                assertThat(slow.path("waitsFor").asString("")).isEqualTo("Lock");
                assertThat(slow.path("runningMs").asLong()).isGreaterThanOrEqualTo(1_000);
            });
            assertThat(ingest.isAlive()).isTrue();
        });
        await().untilAsserted(() -> assertThat(ofEvent().path("copies")).hasSize(1));
        assertThat(ofEvent().path("ingest").isNull()).isTrue();
    }

    /** A stand-in of the sidecar: a real one has all subscriptions. */
    @Test
    void the_topics_that_the_sidecar_consumes_are_reported_so_that_a_missing_one_is_seen() throws IOException {
        HttpServer sidecar =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), SIDECAR_HTTP_PORT), 0);
        byte[] metadata = "{\"subscriptions\":[{\"topic\":\"notifications\"}]}".getBytes(StandardCharsets.UTF_8);
        sidecar.createContext("/v1.0/metadata", exchange -> {
            exchange.sendResponseHeaders(200, metadata.length);
            exchange.getResponseBody().write(metadata);
            exchange.close();
        });
        sidecar.createContext("/v1.0/healthz/outbound", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        sidecar.start();
        try {
            JsonNode ingest = ofEvent().path("ingest");
            assertThat(ingest.path("sidecar").asString()).isEmpty();
            assertThat(ingest.path("subscriptions").valueStream().map(JsonNode::asString))
                    .containsExactly("notifications");
        } finally {
            sidecar.stop(0);
        }
    }

    @Test
    void what_nobody_knows_is_an_empty_answer_with_the_state_of_ingest() {
        assertThat(ofEvent().path("copies")).isEmpty();
        assertThat(ofEvent().path("ingest").path("sidecar").asString()).contains("does not answer");
        assertThat(ofEvent().path("ingest").path("subscriptions")).isEmpty();
        assertThat(Instant.parse(ofEvent().path("keptSince").asString())).isBefore(Instant.now());
        assertThat(ask("user", user).path("latest")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "user"})
    void this_is_for_operators_and_with_a_sound_id(String kind) {
        assertThat(get("/api/v1/admin/deliveries/" + kind + "?id=x", token(user, Role.STUDENT))
                        .statusCode())
                .isEqualTo(403);
        for (String id : new String[] {"", "x".repeat(257), "%00"}) {
            assertThat(get("/api/v1/admin/deliveries/" + kind + "?id=" + id, token(user, Role.OPERATOR))
                            .statusCode())
                    .as("id %s", id)
                    .isEqualTo(400);
        }
    }

    private Connection connect() {
        Subscriber subscriber = new Subscriber(user, "student", Instant.parse("2099-01-01T00:00:00Z"));
        return ((Opened) hub.open(subscriber, new OpenWire(), null, "")).connection();
    }

    private List<String> outcomes() {
        return ofEvent()
                .path("copies")
                .path(0)
                .path("connections")
                .valueStream()
                .map(connection -> connection.path("outcome").asString())
                .toList();
    }

    private JsonNode ofEvent() {
        return ask("event", event);
    }

    private JsonNode ask(String kind, String id) {
        return getJson(
                "/api/v1/admin/deliveries/" + kind + "?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8),
                token("olga", Role.OPERATOR));
    }
}
