package dev.tidings.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** R-OP-2: the exit code of {@code ./run why}, against a stand-in of the backend. */
class JourneyQueryIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer backend;

    @BeforeEach
    void startBackend() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.start();
    }

    @AfterEach
    void stopBackend() {
        backend.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"delivered, 0", "on_the_way, 1", "not_delivered, 1", "unknown, 2"})
    void theOutcomeIsTheExitCode(String outcome, int exitCode) {
        answer(200, """
                {"kind":"user","event":null,"flow":null,
                 "user":{"userId":"ada","code":"user_offline","outcome":"%s","stoppedAt":null,"cause":"It is.","next":"Wait."}}
                """.formatted(outcome));

        assertThat(why()).isEqualTo(exitCode);
        assertThat(out.toString()).startsWith("user ada").contains("It is.", "Next: Wait.");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404, 2", "401, 3", "503, 3"})
    void aRefusalIsPrintedAsTheBackendExplainsIt(int status, int exitCode) {
        answer(status, "{\"detail\":\"nothing has\\u001b[31m the id\"}");

        assertThat(why()).isEqualTo(exitCode);
        assertThat(err.toString()).isEqualTo("./run: nothing has\uFFFD[31m the id%n".formatted());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsNoBackendGivesNoAnswer() {
        answer(200, "<html>");
        assertThat(why()).isEqualTo(3);
        assertThat(err.toString()).contains("text that is no JSON");

        backend.stop(0);
        assertThat(why()).isEqualTo(3);
        assertThat(err.toString()).contains("no answer of the backend at http://127.0.0.1:");
    }

    private void answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        backend.createContext("/api/v1/admin/journeys", exchange -> {
            boolean isAsked = "id=ada%2F1".equals(exchange.getRequestURI().getRawQuery())
                    && "Bearer a-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(isAsked ? status : 500, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private int why() {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String address = "http://127.0.0.1:" + backend.getAddress().getPort() + "/";
        return commandLine.execute("why", "--backend", address, "--token", "a-token", "ada/1");
    }
}
