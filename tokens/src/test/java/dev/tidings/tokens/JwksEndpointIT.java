package dev.tidings.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetching keys from a real HTTP server. */
class JwksEndpointIT {
    private HttpServer server;
    private JwksEndpoint endpoint;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        endpoint = new JwksEndpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks"));
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theDocumentIsFetched() throws IOException {
        answer(200, "{\"keys\":[]}");

        assertThat(endpoint.fetch()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void anErrorAnswerIsAFailure() {
        answer(500, "{\"keys\":[]}");

        assertThatThrownBy(endpoint::fetch).isInstanceOf(IOException.class).hasMessageContaining("500");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        answer(200, "x".repeat(300 * 1024));

        assertThatThrownBy(endpoint::fetch).isInstanceOf(IOException.class).hasMessageContaining("more than");
    }

    @Test
    void aServerThatIsAwayIsAFailure() {
        server.stop(0);

        assertThatThrownBy(endpoint::fetch).isInstanceOf(IOException.class);
    }

    private void answer(int status, String body) {
        server.createContext("/jwks", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
