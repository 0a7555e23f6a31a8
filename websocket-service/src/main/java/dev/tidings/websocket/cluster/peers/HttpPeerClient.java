package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Calls {@link PeerServer} over HTTP connections that are kept alive. */
public final class HttpPeerClient implements PeerClient, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpPeerClient.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<List<ConnectionProgress>> PROGRESS = new TypeReference<>() {};

    private static final TypeReference<List<ConnectionInfo>> LIST = new TypeReference<>() {};
    private static final TypeReference<Boolean> CLOSED = new TypeReference<>() {};

    private final String secret;
    private final Duration timeout;
    private final HttpClient http;

    public HttpPeerClient(String secret, Duration timeout) {
        this.secret = secret;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public PushResult push(Member peer, String from, PeerBatch batch) throws InterruptedException {
        try {
            HttpRequest request = request(peer, PeerProtocol.PUSH)
                    .header(PeerProtocol.FROM, from)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(PushMessage.encode(batch)))
                    .build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return switch (status) {
                case 204 -> PushResult.ACCEPTED;
                case 409 -> PushResult.STALE;
                default -> {
                    log.warn(
                            "Peer {} at {} rejected a push with status {}{}",
                            peer.name(),
                            peer.address(),
                            status,
                            status == 401 ? ": the replicas' TIDINGS_CLUSTER_SECRET differ" : "");
                    yield PushResult.FAILED;
                }
            };
        } catch (IOException | IllegalArgumentException e) {
            log.debug("A push to peer {} at {} failed", peer.name(), peer.address(), e);
            return PushResult.FAILED;
        }
    }

    @Override
    public Map<String, Integer> countByUser(Member peer) throws IOException, InterruptedException {
        return get(peer, PeerProtocol.CONNECTIONS, COUNTS);
    }

    @Override
    public List<ConnectionProgress> progress(Member peer, StreamName stream) throws IOException, InterruptedException {
        String query = "?" + PeerProtocol.STREAM + "=" + URLEncoder.encode(stream.value(), StandardCharsets.UTF_8);
        return get(peer, PeerProtocol.PROGRESS + query, PROGRESS);
    }

    @Override
    public List<ConnectionInfo> list(Member peer, ConnectionInfo.Query query) throws IOException, InterruptedException {
        return post(peer, PeerProtocol.LIST, query, LIST);
    }

    @Override
    public boolean close(Member peer, String id) throws IOException, InterruptedException {
        return post(peer, PeerProtocol.CLOSE, id, CLOSED);
    }

    private <T> T get(Member peer, String path, TypeReference<T> type) throws IOException, InterruptedException {
        return send(peer, request(peer, path).GET(), type);
    }

    private <T> T post(Member peer, String path, Object body, TypeReference<T> type)
            throws IOException, InterruptedException {
        byte[] json = JSON.writeValueAsBytes(body);
        return send(
                peer,
                request(peer, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json)),
                type);
    }

    private <T> T send(Member peer, HttpRequest.Builder request, TypeReference<T> type)
            throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() == 409) {
                throw new StalePeerException(peer);
            }
            if (response.statusCode() != 200) {
                throw new IOException(peer.name() + " answered with status " + response.statusCode());
            }
            return JSON.readValue(response.body(), type);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(peer.name() + " did not answer at " + peer.address(), e);
        }
    }

    private HttpRequest.Builder request(Member peer, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + peer.address() + path))
                .timeout(timeout)
                .header(PeerProtocol.SECRET, secret)
                .header(PeerProtocol.TO, peer.incarnation());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
