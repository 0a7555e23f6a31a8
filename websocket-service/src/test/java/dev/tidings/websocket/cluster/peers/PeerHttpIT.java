package dev.tidings.websocket.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.peers.PeerClient.PushResult;
import dev.tidings.websocket.cluster.peers.PeerClient.StalePeerException;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls between replicas over real sockets. */
class PeerHttpIT {
    private static final String SECRET = "the secret of this cluster";
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final PeerBatch BATCH = new PeerBatch(true, List.of(TestEvents.event(ADA, 1)), List.of());

    private final FakeConnections connections = new FakeConnections();
    private final List<String> callers = new CopyOnWriteArrayList<>();
    private final PeerRequestHandler handler =
            new PeerRequestHandler(() -> "present", () -> connections, (from, to, lost, changed) -> callers.add(from));
    private final PeerServer server = new PeerServer("127.0.0.1", 0, SECRET, handler);
    private final HttpPeerClient calls = new HttpPeerClient(SECRET, Duration.ofSeconds(10));

    @BeforeEach
    void open() {
        server.start();
    }

    @AfterEach
    void close() {
        calls.close();
        server.close();
    }

    @Test
    void connections_are_listed_and_closed_over_the_wire() throws Exception {
        connections.connect("ada");
        connections.connect("bob");
        ConnectionInfo.Query query = new ConnectionInfo.Query(null, "ada", 10);

        assertThat(calls.list(peer("present"), query))
                .extracting(ConnectionInfo::userId)
                .containsExactly("bob");
        assertThat(calls.close(peer("present"), "bob")).isTrue();
        assertThat(calls.close(peer("present"), "bob")).isFalse();
        assertThatThrownBy(() -> calls.close(peer("former"), "ada")).isInstanceOf(StalePeerException.class);
    }

    @Test
    void a_push_arrives_with_its_events_its_note_and_its_sender() throws Exception {
        assertThat(calls.push(peer("present"), "sender", BATCH)).isEqualTo(PushResult.ACCEPTED);
        assertThat(connections.numbersOf(ADA)).containsExactly(1L);
        assertThat(connections.sweeps()).isEqualTo(1);
        assertThat(callers).containsExactly("sender");
    }

    @Test
    void a_push_for_another_incarnation_is_stale() throws Exception {
        assertThat(calls.push(peer("former"), "sender", BATCH)).isEqualTo(PushResult.STALE);
        assertThat(connections.numbersOf(ADA)).isEmpty();
    }

    @Test
    void the_connections_are_counted_for_those_who_know_whom_they_ask() throws Exception {
        connections.connect("ada");
        connections.connect("ada");
        assertThat(calls.countByUser(peer("present"))).isEqualTo(Map.of("ada", 2));
        assertThatThrownBy(() -> calls.countByUser(peer("former"))).isInstanceOf(StalePeerException.class);
    }

    @Test
    void how_far_connections_to_a_stream_are_is_told_whatever_its_name() throws Exception {
        String name = "ada & bob=ü/?#";
        connections.connect(name);
        assertThat(calls.progress(peer("present"), StreamName.ofUser(name)))
                .singleElement()
                .returns(name, ConnectionProgress::userId)
                .returns(7L, ConnectionProgress::sentUpTo)
                .returns(null, ConnectionProgress::closedAt);
        assertThatThrownBy(() -> calls.progress(peer("former"), ADA)).isInstanceOf(StalePeerException.class);
    }

    @Test
    void without_the_secret_nothing_is_done_and_nothing_told() throws Exception {
        try (HttpPeerClient other = new HttpPeerClient("the secret of another", Duration.ofSeconds(10))) {
            assertThat(other.push(peer("present"), "other", BATCH)).isEqualTo(PushResult.FAILED);
            assertThatThrownBy(() -> other.countByUser(peer("present")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401");
        }
        assertThat(connections.numbersOf(ADA)).isEmpty();
        assertThat(callers).isEmpty();
        assertThat(post("", PeerProtocol.PUSH, "{}")).isEqualTo(401);
        assertThat(post("", "/anything", "{}")).isEqualTo(401);
    }

    @Test
    void other_paths_foreign_bodies_and_huge_ones_get_their_errors() throws Exception {
        assertThat(post(SECRET, "/health", "{}")).isEqualTo(404);
        assertThat(post(SECRET, "/internal/other", "{}")).isEqualTo(404);
        assertThat(post(SECRET, PeerProtocol.CONNECTIONS, "{}")).isEqualTo(404);
        assertThat(post(SECRET, PeerProtocol.PUSH, "no JSON")).isEqualTo(400);
        assertThat(post(SECRET, PeerProtocol.PUSH, "x".repeat(17 << 20))).isEqualTo(413);
        assertThat(calls.push(peer("present"), "sender", BATCH)).isEqualTo(PushResult.ACCEPTED);
    }

    @Test
    void a_peer_that_is_gone_refuses() throws Exception {
        Member gone = peer("present");
        server.close();
        assertThat(calls.push(gone, "sender", BATCH)).isEqualTo(PushResult.FAILED);
        assertThatThrownBy(() -> calls.countByUser(gone)).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_peer_that_does_not_answer_costs_the_timeout_and_is_no_refusal() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0);
                HttpPeerClient hasty = new HttpPeerClient(SECRET, Duration.ofMillis(100))) {
            Member peer = new Member("deaf", "deaf", "127.0.0.1:" + deaf.getLocalPort(), 1);
            assertThat(hasty.push(peer, "sender", BATCH)).isEqualTo(PushResult.FAILED);
            assertThatThrownBy(() -> hasty.countByUser(peer))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ConnectException.class);
        }
    }

    @Test
    void the_port_opens_again_after_it_was_closed() throws Exception {
        server.close();
        server.start();
        assertThat(calls.push(peer("present"), "sender", BATCH)).isEqualTo(PushResult.ACCEPTED);
    }

    @Test
    void a_taken_port_says_what_to_set() {
        var second = new PeerServer("127.0.0.1", server.port(), SECRET, handler);
        assertThatThrownBy(second::start).hasMessageContaining("TIDINGS_INTERNAL_PORT");
        second.close();
    }

    private Member peer(String incarnation) {
        return new Member(incarnation, "replica", "127.0.0.1:" + server.port(), 1);
    }

    private int post(String secret, String path, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header(PeerProtocol.SECRET, secret)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
