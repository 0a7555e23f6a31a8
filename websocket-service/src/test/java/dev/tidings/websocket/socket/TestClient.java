package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that writes down all it gets. Waiting has a limit that a slow machine does not reach. */
final class TestClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LIMIT_SECONDS = 30;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile boolean reading = true;

    private TestClient(WebSocket.Builder builder, URI uri) {
        this.socket = builder.buildAsync(uri, new Listener()).join();
    }

    static TestClient connect(URI uri) {
        return new TestClient(HTTP.newWebSocketBuilder(), uri);
    }

    static TestClient withHeader(URI uri, String name, String value) {
        return new TestClient(HTTP.newWebSocketBuilder().header(name, value), uri);
    }

    static TestClient withSubprotocols(URI uri, String first, String second) {
        return new TestClient(HTTP.newWebSocketBuilder().subprotocols(first, second), uri);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    JsonNode next() {
        try {
            JsonNode message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(message)
                    .as("a message within %s s (closed: %s)", LIMIT_SECONDS, closeCode.getNow(null))
                    .isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message, which must be of that type. */
    JsonNode next(String type) {
        JsonNode message = next();
        assertThat(message.path("type").asString()).as(message.toString()).isEqualTo(type);
        return message;
    }

    /** The titles of the next task events. */
    List<String> nextTitles(int count) {
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            titles.add(next("task_update").path("event").path("title").asString());
        }
        return titles;
    }

    /** What came and was not looked at. */
    List<JsonNode> unread() {
        return List.copyOf(messages);
    }

    int closeCode() {
        return closeCode.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    void send(String text) {
        try {
            socket.sendText(text, true).join();
        } catch (CompletionException e) {
            // The server has closed already; what it said counts.
        }
    }

    /** Sends a frame of a message that does not end with it. */
    void sendPart(String text) {
        socket.sendText(text, false).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Takes nothing from the socket any more, so that it fills. */
    void stopReading() {
        reading = false;
    }

    void goOnReading() {
        reading = true;
        socket.request(1);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(JsonMapper.shared().readTree(part.toString()));
                part.setLength(0);
            }
            if (reading || !last) {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closeCode.completeExceptionally(failure);
        }
    }
}
