package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocket.Listener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One client connection that has been greeted by {@code connected}. */
final class Socket implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final WebSocket webSocket;

    private Socket(WebSocket webSocket) {
        this.webSocket = webSocket;
    }

    /**
     * Connects and waits for {@code connected}.
     *
     * @param onMessage gets each further message and the {@link System#nanoTime} of its arrival, on a thread of the client
     */
    static Socket open(HttpClient http, URI url, String token, BiConsumer<String, Long> onMessage) throws IOException {
        return open(http, url, token, new Greeting(onMessage));
    }

    /** Connects and returns {@code connected}. The connection stays open until the client is shut down. */
    static String greeting(HttpClient http, URI url, String token) throws IOException {
        Greeting greeting = new Greeting((message, at) -> {});
        open(http, url, token, greeting);
        return greeting.connected.join();
    }

    private static Socket open(HttpClient http, URI url, String token, Greeting greeting) throws IOException {
        @Nullable WebSocket webSocket = null;
        try {
            webSocket = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .connectTimeout(TIMEOUT)
                    .buildAsync(url, greeting)
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            greeting.connected.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return new Socket(webSocket);
        } catch (ExecutionException | TimeoutException e) {
            if (webSocket != null) {
                webSocket.abort(); // no "connected" came
            }
            throw new IOException("no connection to " + url + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    boolean isOpen() {
        return !webSocket.isInputClosed();
    }

    @Override
    public void close() {
        webSocket.abort();
    }

    private static final class Greeting implements Listener {
        private final CompletableFuture<String> connected = new CompletableFuture<>();
        private final BiConsumer<String, Long> onMessage;
        private final StringBuilder text = new StringBuilder();

        private Greeting(BiConsumer<String, Long> onMessage) {
            this.onMessage = onMessage;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                text.trimToSize();
                if (!connected.isDone()) {
                    if (message.contains("\"type\":\"connected\"")) {
                        connected.complete(message);
                    } else {
                        connected.completeExceptionally(new IOException("refused: " + message));
                    }
                } else {
                    onMessage.accept(message, System.nanoTime());
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            connected.completeExceptionally(new IOException("closed with " + code + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            connected.completeExceptionally(error);
        }
    }
}
