package dev.tidings.devkit;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Plain HTTP calls to a sidecar's API. */
final class SidecarCalls {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SidecarCalls() {}

    static HttpResponse<String> get(Sidecar sidecar, String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(sidecar, path, headers, HttpRequest.newBuilder().GET());
    }

    static HttpResponse<String> post(Sidecar sidecar, String path, String json, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(
                sidecar,
                path,
                headers,
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json"));
    }

    private static HttpResponse<String> send(
            Sidecar sidecar, String path, Map<String, String> headers, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        request.uri(sidecar.httpEndpoint().resolve(path)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
