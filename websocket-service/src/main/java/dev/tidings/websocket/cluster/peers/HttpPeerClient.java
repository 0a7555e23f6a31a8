package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
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
public final class HttpPeerClient implements PeerClient {
    private static final Logger log = LoggerFactory.getLogger(HttpPeerClient.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<List<ConnectionProgress>> PROGRESS = new TypeReference<>() {};

    private static final TypeReference<List<ConnectionInfo>> LIST = new TypeReference<>() {};
    private static final TypeReference<Boolean> CLOSED = new TypeReference<>() {};

    private final String secret;
    private final int timeoutMillis;

    /** @param timeout of the connection and of each wait for bytes */
    public HttpPeerClient(String secret, Duration timeout) {
        this.secret = secret;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public PushResult push(Member peer, String from, PeerBatch batch) throws InterruptedException {
        try {
            HttpURLConnection request = request(peer, PeerProtocol.PUSH);
            request.setRequestProperty(PeerProtocol.FROM, from);
            write(request, PushMessage.encode(batch));
            int status = request.getResponseCode();
            readAll(request);
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
        } catch (IOException e) {
            if (Thread.interrupted()) { // which closes the connection of a virtual thread
                throw new InterruptedException();
            }
            log.debug("A push to peer {} at {} failed", peer.name(), peer.address(), e);
            return PushResult.FAILED;
        }
    }

    @Override
    public Map<String, Integer> countByUser(Member peer) throws IOException {
        return get(peer, PeerProtocol.CONNECTIONS, COUNTS);
    }

    @Override
    public List<ConnectionProgress> progress(Member peer, StreamName stream) throws IOException {
        String query = "?" + PeerProtocol.STREAM + "=" + URLEncoder.encode(stream.value(), StandardCharsets.UTF_8);
        return get(peer, PeerProtocol.PROGRESS + query, PROGRESS);
    }

    @Override
    public List<ConnectionInfo> list(Member peer, ConnectionInfo.Query query) throws IOException {
        return post(peer, PeerProtocol.LIST, query, LIST);
    }

    @Override
    public boolean close(Member peer, String id) throws IOException {
        return post(peer, PeerProtocol.CLOSE, id, CLOSED);
    }

    private <T> T get(Member peer, String path, TypeReference<T> type) throws IOException {
        return answer(peer, request(peer, path), type);
    }

    private <T> T post(Member peer, String path, Object body, TypeReference<T> type) throws IOException {
        HttpURLConnection request = request(peer, path);
        write(request, JSON.writeValueAsBytes(body));
        return answer(peer, request, type);
    }

    private static <T> T answer(Member peer, HttpURLConnection request, TypeReference<T> type) throws IOException {
        int status = request.getResponseCode();
        byte[] body = readAll(request);
        if (status == HttpURLConnection.HTTP_CONFLICT) {
            throw new StalePeerException(peer);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException(peer.name() + " answered with status " + status);
        }
        try {
            return JSON.readValue(body, type);
        } catch (JacksonException e) {
            throw new IOException(peer.name() + " did not answer at " + peer.address(), e);
        }
    }

    /**
     * The JDK's client of one thread: a push costs no other thread a wake-up, which are most of the cost of {@code
     * java.net.http}. A request that finds its connection closed is sent again, which no call of a peer minds.
     */
    private HttpURLConnection request(Member peer, String path) throws IOException {
        URL url;
        try {
            url = URI.create("http://" + peer.address() + path).toURL();
        } catch (IllegalArgumentException e) {
            throw new IOException(peer.name() + " has no usable address: " + peer.address(), e);
        }
        HttpURLConnection request = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        request.setConnectTimeout(timeoutMillis);
        request.setReadTimeout(timeoutMillis);
        request.setInstanceFollowRedirects(false);
        request.setUseCaches(false);
        request.setRequestProperty(PeerProtocol.SECRET, secret);
        request.setRequestProperty(PeerProtocol.TO, peer.incarnation());
        return request;
    }

    private static void write(HttpURLConnection request, byte[] json) throws IOException {
        request.setDoOutput(true);
        request.setRequestProperty("Content-Type", "application/json");
        try (OutputStream body = request.getOutputStream()) {
            body.write(json);
        }
    }

    /** Reads the whole answer, since only then the connection is kept for the next call. */
    private static byte[] readAll(HttpURLConnection request) throws IOException {
        try (InputStream body = request.getResponseCode() < 400 ? request.getInputStream() : request.getErrorStream()) {
            return body == null ? new byte[0] : body.readAllBytes();
        }
    }
}
