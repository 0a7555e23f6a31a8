package dev.tidings.workers.allocation;

import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.SidecarSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Calls {@code POST /api/v1/admin/allocations/auto-assign} of the backend through Dapr. Safe for any thread; a call blocks for at
 * most its timeout.
 */
@Component
@ForWorker("allocation-worker")
class AutoAssignClient {
    private static final String PATH = "/api/v1/admin/allocations/auto-assign";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_REASON = 500;

    sealed interface AutoAssignReply {
        record Assigned() implements AutoAssignReply {}

        /** The backend rejected the request, usually because no trainer is free. */
        record Declined(String reason) implements AutoAssignReply {}

        record BackendFailed(String reason) implements AutoAssignReply {}

        /** Neither the backend nor the sidecar answered. */
        record BackendUnavailable(String what) implements AutoAssignReply {}
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final SidecarSettings sidecar;

    AutoAssignClient(SidecarSettings sidecar) {
        this.sidecar = sidecar;
    }

    AutoAssignReply call(UUID purchase) {
        HttpRequest request = sidecar.call("backend", PATH)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"purchaseId\":\"%s\"}".formatted(purchase)))
                .build();
        try {
            return reply(http.send(request, BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            return new AutoAssignReply.BackendUnavailable(
                    "the backend (no answer within %d s)".formatted(TIMEOUT.toSeconds()));
        } catch (IOException e) {
            return new AutoAssignReply.BackendUnavailable("the sidecar (%s)".formatted(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AutoAssignReply.BackendFailed("interrupted while the backend was asked");
        }
    }

    private static AutoAssignReply reply(HttpResponse<String> response) {
        int status = response.statusCode();
        String said = "%d %s"
                .formatted(
                        status,
                        response.body()
                                .substring(
                                        0, Math.min(MAX_REASON, response.body().length())));
        if (status / 100 == 2) {
            return new AutoAssignReply.Assigned();
        }
        boolean fromTheBackend =
                response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (!fromTheBackend || status == 502 || status == 503 || status == 504) {
            return new AutoAssignReply.BackendUnavailable(
                    "the backend (%s)".formatted(said)); // the answer is one of a sidecar
        }
        return switch (status) {
            case 400, 404, 409, 422 -> new AutoAssignReply.Declined(said);
            default -> new AutoAssignReply.BackendFailed("the backend answered " + said);
        };
    }
}
