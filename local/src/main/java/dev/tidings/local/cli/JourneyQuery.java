package dev.tidings.local.cli;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.supervision.LocalState;
import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the backend for a journey and prints it (R-OP-2). */
final class JourneyQuery {
    static final int DELIVERED = 0;
    static final int NOT_DELIVERED = 1;
    static final int UNKNOWN = 2;
    static final int NO_ANSWER = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    /** The backend cannot be asked. The message says why. */
    private static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }

    private final String id;
    private final String backend;
    private final String token;

    /**
     * @param backend URL; empty for the backend that {@code ./run} started
     * @param token of an operator; empty to issue one
     */
    JourneyQuery(String id, String backend, String token) {
        this.id = id;
        this.backend = backend;
        this.token = token;
    }

    /** Prints the journey, and returns the exit code. */
    int print(PrintWriter out, PrintWriter err) {
        try {
            return answer(ask(), out, err);
        } catch (NoAnswer e) {
            err.println("./run: " + e.getMessage());
            return NO_ANSWER;
        }
    }

    private static int answer(HttpResponse<String> response, PrintWriter out, PrintWriter err) {
        try {
            JsonNode body = JsonMapper.shared().readTree(response.body());
            if (response.statusCode() == OK) {
                JourneyText journey = JourneyText.of(body);
                out.print(journey.text());
                out.flush();
                return switch (journey.outcome()) {
                    case "delivered" -> DELIVERED;
                    case "unknown" -> UNKNOWN;
                    default -> NOT_DELIVERED;
                };
            }
            err.println("./run: "
                    + JourneyText.plain(body.path("detail").asString("the backend answered " + response.statusCode())));
        } catch (JacksonException e) {
            err.println("./run: the backend answered %d with text that is no JSON".formatted(response.statusCode()));
        }
        return response.statusCode() == NOT_FOUND ? UNKNOWN : NO_ANSWER;
    }

    private HttpResponse<String> ask() throws NoAnswer {
        URI uri = uri(address() + "/api/v1/admin/journeys?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(TIMEOUT)
                    .header("Authorization", "Bearer " + operatorToken())
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new NoAnswer("no answer of the backend at %s (%s)".formatted(address(), e));
        } catch (IllegalArgumentException e) {
            // Its message may contain the token.
            throw new NoAnswer("the address %s or the token is malformed".formatted(address()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }

    private static URI uri(String text) throws NoAnswer {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new NoAnswer("the address of the backend is no URL (%s)".formatted(e.getMessage()));
        }
    }

    private String address() throws NoAnswer {
        if (!backend.isEmpty()) {
            return backend.replaceFirst("/+$", "");
        }
        return LocalState.read(ProjectRoot.find()).parts().stream()
                .filter(part -> part.name().equals(LocalStack.BACKEND))
                .map(PartStatus::port)
                .map(port -> "http://localhost:" + port)
                .findFirst()
                .orElseThrow(() -> new NoAnswer(
                        "no system is running here: start it with ./run, or name a backend with --backend"));
    }

    private String operatorToken() {
        return token.isEmpty()
                ? LocalStack.tokenIssuer(ProjectRoot.find()).issue("run-why", Role.OPERATOR, Duration.ofMinutes(5))
                : token;
    }
}
