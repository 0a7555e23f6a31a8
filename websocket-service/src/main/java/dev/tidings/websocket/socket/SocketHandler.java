package dev.tidings.websocket.socket;

import dev.tidings.websocket.delivery.CloseReason;
import dev.tidings.websocket.delivery.ConnectionHub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** Dispatches WebSocket callbacks to their session and ticks all sessions. */
final class SocketHandler implements WebSocketHandler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SocketHandler.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final ClientSession.Context context;
    private final ConnectionHub hub;
    private final InstantSource clock;
    private final Map<String, ClientSession> sessions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("socket-ticker").daemon().factory());

    SocketHandler(ClientSession.Context context) {
        this.context = context;
        this.hub = context.hub();
        this.clock = context.clock();
    }

    void start() {
        ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether another socket is accepted. */
    boolean hasRoom() {
        return sessions.size() < context.limits().all();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    @Override
    public void afterConnectionEstablished(org.springframework.web.socket.WebSocketSession session) {
        WebSocketSession jetty =
                Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(WebSocketSession.class));
        // Spring keeps the attributes as long as the socket, so the handshake is removed: it may contain a token.
        Handshake handshake =
                (Handshake) Objects.requireNonNull(session.getAttributes().remove(UpgradeHandler.HANDSHAKE));
        ClientSession client = new ClientSession(context, new JettyWire(jetty), handshake);
        sessions.put(session.getId(), client);
        if (!hub.isAccepting()) {
            client.close(CloseReason.SHUTTING_DOWN);
        } else {
            client.opened();
        }
    }

    @Override
    public void handleMessage(org.springframework.web.socket.WebSocketSession session, WebSocketMessage<?> message) {
        ClientSession client = sessions.get(session.getId());
        if (client == null) {
            return;
        }
        switch (message) {
            case TextMessage text -> client.text(text.getPayload());
            case BinaryMessage _ -> client.binary();
            case PongMessage _ -> client.pong();
            default -> throw new IllegalStateException("unexpected kind of WebSocket message: " + message);
        }
    }

    @Override
    public void handleTransportError(org.springframework.web.socket.WebSocketSession session, Throwable failure) {
        context.metrics().error("transport");
        log.debug("[WebSocket] Socket {} failed: {}", session.getId(), failure.toString());
    }

    @Override
    public void afterConnectionClosed(org.springframework.web.socket.WebSocketSession session, CloseStatus status) {
        ClientSession client = sessions.remove(session.getId());
        if (client != null) {
            client.ended();
        }
    }

    @Override
    public boolean supportsPartialMessages() {
        return false;
    }

    private void tick() {
        try {
            Instant now = clock.instant();
            long nanos = System.nanoTime();
            sessions.values().forEach(session -> session.tick(now, nanos));
            hub.tick();
        } catch (RuntimeException e) {
            log.error("The tick of the sockets failed and is retried in {}", TICK, e);
        }
    }
}
