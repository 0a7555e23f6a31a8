package dev.tidings.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as a test writes them: in one line, and any status is an answer. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private Http() {}

    public record Answer(int status, String contentType, String body) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    public static Answer get(URI uri) {
        return send(to(uri).build());
    }

    public static Answer get(URI uri, String bearerToken) {
        return send(to(uri).header("Authorization", "Bearer " + bearerToken).build());
    }

    /** @param jsonOrEmpty the body; none if empty */
    public static Answer call(String method, URI uri, String bearerToken, String jsonOrEmpty) {
        BodyPublisher body = jsonOrEmpty.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(jsonOrEmpty);
        return send(to(uri).header("Authorization", "Bearer " + bearerToken)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build());
    }

    static HttpRequest.Builder to(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    }

    public static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), contentType, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    request.method() + " " + request.uri().getPath() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
