package dev.tidings.websocket.cluster.peers;

import dev.tidings.edge.Caller;
import dev.tidings.edge.Edge;
import dev.tidings.edge.EdgeSettings;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the calls of peers on the internal port. It is a separate server, so the public and the internal port never
 * expose each other's endpoints. Requests run on virtual threads.
 */
public final class PeerServer implements AutoCloseable {
    /** Larger than a batch, because one event may exceed the maximum size of a batch. */
    private static final Map<String, String> LIMITS = Map.of("max-trusted-body", "16MB");

    private final Server server;
    private final ServerConnector connector;

    /** @param secret the secret that callers must send */
    public PeerServer(String host, int port, String secret, PeerRequestHandler requests) {
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName("cluster-listener");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("cluster-request-"));
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        byte[] expected = secret.getBytes(StandardCharsets.UTF_8);
        server.setHandler(new PeerEndpoint(expected, requests));
        // The idle timeout is longer than that of the clients, so the clients close idle connections first.
        Edge.guard(server, EdgeSettings.defaultsExcept(LIMITS), head -> {
            String presented = Objects.requireNonNullElse(head.header(PeerProtocol.SECRET), "");
            boolean isPeer = MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
            return isPeer ? Caller.TRUSTED : Caller.ANONYMOUS;
        });
    }

    /** Opens the port. The server can be started again after {@link #close}. */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The internal port %s:%d cannot be opened (%s); set TIDINGS_INTERNAL_PORT to a free one"
                            .formatted(connector.getHost(), connector.getPort(), e.getMessage()),
                    e);
        }
    }

    /** Returns the open port. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The internal port did not close", e);
        }
    }

    private static final class PeerEndpoint extends Handler.Abstract {
        private static final JsonMapper JSON = JsonMapper.shared();

        private final byte[] secret;
        private final PeerRequestHandler requests;

        private PeerEndpoint(byte[] secret, PeerRequestHandler requests) {
            this.secret = secret;
            this.requests = requests;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String call = request.getMethod() + " " + Request.getPathInContext(request);
            if (!MessageDigest.isEqual(
                    secret, header(request, PeerProtocol.SECRET).getBytes(StandardCharsets.UTF_8))) {
                answer(request, response, callback, 401);
            } else if (call.equals("POST " + PeerProtocol.PUSH)) {
                answer(request, response, callback, push(request));
            } else if (call.equals("GET " + PeerProtocol.CONNECTIONS)) {
                answer(request, response, callback, requests.countByUser(header(request, PeerProtocol.TO)));
            } else if (call.equals("GET " + PeerProtocol.PROGRESS)) {
                progress(request, response, callback);
            } else if (call.equals("POST " + PeerProtocol.LIST)) {
                operate(
                        request,
                        response,
                        callback,
                        (to, body) -> requests.list(to, JSON.readValue(body, ConnectionInfo.Query.class)));
            } else if (call.equals("POST " + PeerProtocol.CLOSE)) {
                operate(
                        request,
                        response,
                        callback,
                        (to, body) -> requests.close(to, JSON.readValue(body, String.class)));
            } else {
                answer(request, response, callback, 404);
            }
            return true;
        }

        /** Handles a body for an incarnation. */
        private interface Operation {
            Optional<?> of(String to, byte[] body);
        }

        private void operate(Request request, Response response, Callback callback, Operation operation)
                throws IOException {
            try {
                answer(request, response, callback, operation.of(header(request, PeerProtocol.TO), body(request)));
            } catch (JacksonException e) {
                answer(request, response, callback, 400);
            }
        }

        private static byte[] body(Request request) throws IOException {
            ByteBuffer body = Content.Source.asByteBuffer(request);
            byte[] bytes = new byte[body.remaining()];
            body.get(bytes);
            return bytes;
        }

        private int push(Request request) throws IOException {
            try {
                byte[] bytes = body(request);
                boolean taken = requests.push(
                        header(request, PeerProtocol.FROM),
                        header(request, PeerProtocol.TO),
                        PushMessage.decode(bytes));
                return taken ? 204 : 409;
            } catch (IllegalArgumentException e) {
                return 400;
            }
        }

        private void progress(Request request, Response response, Callback callback) {
            try {
                StreamName stream = new StreamName(Objects.requireNonNullElse(
                        Request.extractQueryParameters(request).getValue(PeerProtocol.STREAM), ""));
                answer(request, response, callback, requests.progress(header(request, PeerProtocol.TO), stream));
            } catch (IllegalArgumentException e) {
                answer(request, response, callback, 400);
            }
        }

        /** @param value empty if another incarnation was addressed */
        private static void answer(Request request, Response response, Callback callback, Optional<?> value) {
            if (value.isEmpty()) {
                answer(request, response, callback, 409);
                return;
            }
            response.setStatus(200);
            response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, "application/json"));
            response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(value.get())), callback);
        }

        private static void answer(Request request, Response response, Callback callback, int status) {
            if (status >= 400) {
                Response.writeError(request, response, callback, status);
                return;
            }
            response.setStatus(status);
            response.write(true, ByteBuffer.allocate(0), callback);
        }

        private static String header(Request request, String name) {
            String value = request.getHeaders().get(name);
            return value == null ? "" : value;
        }
    }
}
