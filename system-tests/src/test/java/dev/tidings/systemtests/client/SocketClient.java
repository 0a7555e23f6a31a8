package dev.tidings.systemtests.client;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One connection to {@code /ws}. What comes is in its {@link #ledger}; {@link #stopReading} makes it the client that takes
 * nothing from its socket.
 */
public final class SocketClient implements AutoCloseable {

    /** The close code of a connection that ended without one. */
    public static final int NO_CLOSE_FRAME = 1006;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final Ledger ledger;
    private final Listener listener;
    private final WebSocket socket;

    private SocketClient(Ledger ledger, Listener listener, WebSocket socket) {
        this.ledger = ledger;
        this.listener = listener;
        this.socket = socket;
    }

    /** @param socketUri such as {@code ws://127.0.0.1:8004/ws} */
    public static Builder to(URI socketUri) {
        return new Builder(socketUri);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Waits for the first message of an accepted connection. */
    public SocketClient awaitConnected() {
        ledger.awaitMessage("connected");
        return this;
    }

    public void send(String text) {
        socket.sendText(text, true).orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Sends a text that the server may no longer want: it may have closed the connection before. */
    public void trySend(String text) {
        try {
            send(text);
        } catch (CompletionException closedMeanwhile) {
            // The close code states the reason.
        }
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Takes nothing more from the socket, so that the server's writes get stuck once all buffers are full. */
    public void stopReading() {
        listener.pause();
    }

    public void startReading() {
        listener.proceed();
    }

    /** Waits for the end of the connection; {@link #NO_CLOSE_FRAME} if it just broke. */
    public int awaitClose() {
        await("the end of the connection").until(listener.closed::isDone);
        return listener.closed.join();
    }

    /** Empty while the connection lasts. */
    public OptionalInt closeCode() {
        return listener.closed.isDone() ? OptionalInt.of(listener.closed.join()) : OptionalInt.empty();
    }

    /** Completes with the close code. */
    CompletableFuture<Integer> onClose() {
        return listener.closed;
    }

    /** Ends without a close handshake, as a lost network does. */
    public void abort() {
        socket.abort();
        listener.closed.complete(NO_CLOSE_FRAME);
    }

    @Override
    public void close() {
        if (!listener.closed.isDone()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(2, TimeUnit.SECONDS)
                    .exceptionally(_ -> socket);
        }
        abort();
    }

    /** How to connect; every part may be left out, as the service has to cope with all of it. */
    public static final class Builder {

        private final URI socketUri;
        private final Map<String, String> query = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final List<String> subprotocols = new ArrayList<>();
        private Ledger ledger = new Ledger();

        private Builder(URI socketUri) {
            this.socketUri = socketUri;
        }

        /** In the URL, as {@code wscat} users do. */
        public Builder token(String token) {
            return query("token", token);
        }

        public Builder cursor(String cursor) {
            return query("cursor", cursor);
        }

        public Builder query(String name, String value) {
            query.put(name, value);
            return this;
        }

        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Builder subprotocols(String... names) {
            subprotocols.addAll(List.of(names));
            return this;
        }

        /** Writes on in a ledger that an earlier connection began. */
        Builder into(Ledger ledger) {
            this.ledger = ledger;
            return this;
        }

        /** Returns when the upgrade is accepted. */
        public SocketClient open() {
            Listener listener = new Listener(ledger);
            WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(15));
            headers.forEach(builder::header);
            if (!subprotocols.isEmpty()) {
                builder.subprotocols(
                        subprotocols.getFirst(),
                        subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
            }
            WebSocket socket = builder.buildAsync(uri(), listener)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            return new SocketClient(ledger, listener, socket);
        }

        /** {@link #open}, then waits for {@code connected}. */
        public SocketClient connect() {
            return open().awaitConnected();
        }

        private URI uri() {
            String text = query.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return text.isEmpty() ? socketUri : URI.create(socketUri + "?" + text);
        }
    }

    /** Called by one thread at a time; asks for one frame after the other, unless it is told to pause. */
    private static final class Listener implements WebSocket.Listener {

        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final Ledger ledger;
        private final StringBuilder text = new StringBuilder();
        private CompletableFuture<?> mayRead = CompletableFuture.completedFuture(null);

        Listener(Ledger ledger) {
            this.ledger = ledger;
        }

        synchronized void pause() {
            if (mayRead.isDone()) {
                mayRead = new CompletableFuture<>();
            }
        }

        synchronized void proceed() {
            mayRead.complete(null);
        }

        private synchronized void askForMore(WebSocket socket) {
            mayRead.thenRun(() -> socket.request(1));
        }

        @Override
        public void onOpen(WebSocket socket) {
            askForMore(socket);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                ledger.add(Message.parse(text.toString()));
                text.setLength(0);
            }
            askForMore(socket);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            askForMore(socket);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(NO_CLOSE_FRAME);
        }
    }
}
