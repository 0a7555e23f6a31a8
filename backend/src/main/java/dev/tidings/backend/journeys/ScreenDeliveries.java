package dev.tidings.backend.journeys;

import dev.tidings.sidecar.InvocationReply;
import dev.tidings.sidecar.ServiceInvocation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Queries the WebSocket service through Dapr, with the token of the operator. Safe for any thread; blocks for at most the timeout,
 * outside of a transaction.
 */
@Component
class ScreenDeliveries {
    static final String APP = "websocket-service";
    private static final String PATH = "/api/v1/admin/deliveries/";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The WebSocket service did not answer. */
    static final class SilentException extends Exception {
        SilentException(String reason) {
            super(reason);
        }
    }

    private final ServiceInvocation apps;
    private final JsonMapper json;

    ScreenDeliveries(ServiceInvocation apps, JsonMapper json) {
        this.apps = apps;
        this.json = json;
    }

    /** @param authorization header of the operator's request */
    ScreenDelivery.OfEvent ofEvent(String eventId, String authorization) throws SilentException {
        return ask("event", eventId, authorization, ScreenDelivery.OfEvent.class);
    }

    /** @param authorization header of the operator's request */
    ScreenDelivery.OfUser ofUser(String userId, String authorization) throws SilentException {
        return ask("user", userId, authorization, ScreenDelivery.OfUser.class);
    }

    private <T> T ask(String kind, String id, String authorization, Class<T> answer) throws SilentException {
        String query = "?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        HttpRequest request = apps.request(APP, PATH + kind + query, TIMEOUT)
                .header("Authorization", authorization)
                .build();
        switch (apps.send(request)) {
            case InvocationReply.CallSucceeded(String body) -> {
                try {
                    return json.readValue(body, answer);
                } catch (JacksonException e) {
                    throw new SilentException("its answer does not match the API: " + e.getOriginalMessage());
                }
            }
            case InvocationReply.Unsuccessful other -> throw new SilentException(other.reason());
        }
    }
}
