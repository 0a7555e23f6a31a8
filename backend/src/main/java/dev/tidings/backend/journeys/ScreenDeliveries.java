package dev.tidings.backend.journeys;

import dev.tidings.backend.publishing.SidecarProperties;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final SidecarProperties sidecar;
    private final JsonMapper json;

    ScreenDeliveries(SidecarProperties sidecar, JsonMapper json) {
        this.sidecar = sidecar;
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
        HttpRequest request = sidecar.call(APP, PATH + kind + query)
                .timeout(TIMEOUT)
                .header("Authorization", authorization)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new SilentException("it answered with status " + response.statusCode());
            }
            return json.readValue(response.body(), answer);
        } catch (IOException e) {
            throw new SilentException("no answer through the sidecar: " + e);
        } catch (JacksonException e) {
            throw new SilentException("its answer does not match the API: " + e.getOriginalMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SilentException("interrupted");
        }
    }
}
