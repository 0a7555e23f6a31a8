package dev.tidings.sidecar;

import dev.tidings.sidecar.InvocationReply.AppUnavailable;
import dev.tidings.sidecar.InvocationReply.CallFailed;
import dev.tidings.sidecar.InvocationReply.CallSucceeded;
import dev.tidings.sidecar.InvocationReply.Refused;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/**
 * Calls other apps through the sidecar (Dapr service invocation). Safe for any thread. A call blocks for at most the timeout of its
 * request; no transaction may be open. Nothing is repeated here.
 */
public final class ServiceInvocation {
    /** One client for all requests to the sidecar's HTTP API. */
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private static final int MAX_REASON_CHARS = 500;

    private final SidecarSettings settings;

    public ServiceInvocation(SidecarSettings settings) {
        this.settings = settings;
    }

    /** Returns the beginning of a request. {@code path} may have a query. */
    public HttpRequest.Builder request(String appId, String path, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        settings.uri("/v1.0/invoke/%s/method%s".formatted(appId, path)))
                .timeout(timeout);
        if (!settings.apiToken().isEmpty()) {
            request.header(SidecarCalls.TOKEN, settings.apiToken());
        }
        String traceparent = TraceContext.current();
        if (traceparent != null) {
            request.header(TraceContext.OF_INVOCATION, traceparent);
        }
        return request;
    }

    /** Sends a request of {@link #request}. */
    public InvocationReply send(HttpRequest request) {
        try {
            return reply(HTTP.send(request, BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            return new AppUnavailable("it did not answer within "
                    + request.timeout().map(Duration::toMillis).orElse(0L) + " ms");
        } catch (IOException e) {
            return new AppUnavailable("the sidecar did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AppUnavailable("the call was interrupted");
        }
    }

    private static InvocationReply reply(HttpResponse<String> response) {
        int status = response.statusCode();
        String body = response.body();
        if (status / 100 == 2) {
            return new CallSucceeded(body);
        }
        String reason = "it answered with status %d: %s"
                .formatted(status, body.substring(0, Math.min(MAX_REASON_CHARS, body.length())));
        // The sidecars answer in a form of their own.
        boolean isFromTheApp =
                response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (!isFromTheApp) {
            return new AppUnavailable(reason);
        }
        return switch (status) {
            case 502, 503, 504 -> new AppUnavailable(reason);
            case 400, 404, 409, 422 -> new Refused(reason);
            default -> new CallFailed(reason);
        };
    }
}
