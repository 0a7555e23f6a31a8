package dev.tidings.backend.connections;

import dev.tidings.edge.problems.Problems;
import dev.tidings.sidecar.InvocationReply;
import dev.tidings.sidecar.ServiceInvocation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Calls the WebSocket service through Dapr, with the token of the operator. Safe for any thread; blocks for at most the timeout. */
@Component
class SocketService {
    private static final String APP = "websocket-service";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ServiceInvocation apps;

    SocketService(ServiceInvocation apps) {
        this.apps = apps;
    }

    /**
     * Returns the JSON of its answer.
     *
     * @param method GET or POST
     * @param parameters of the query
     * @param authorization header of the operator's request
     * @throws org.springframework.web.ErrorResponseException 400 if it rejects a parameter, 503 if it does not answer
     */
    String call(String method, String path, Map<String, String> parameters, String authorization) {
        String query = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        HttpRequest request = apps.request(APP, path + query, TIMEOUT)
                .header("Authorization", authorization)
                .method(method, BodyPublishers.noBody())
                .build();
        return switch (apps.send(request)) {
            case InvocationReply.CallSucceeded(String body) -> body;
            case InvocationReply.Refused(String reason) ->
                throw Problems.refused(HttpStatus.BAD_REQUEST, "the WebSocket service rejects this: " + reason);
            case InvocationReply.Unsuccessful other ->
                throw Problems.refused(
                        HttpStatus.SERVICE_UNAVAILABLE, "the WebSocket service cannot be asked: " + other.reason());
        };
    }
}
