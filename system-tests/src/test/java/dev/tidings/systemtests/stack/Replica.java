package dev.tidings.systemtests.stack;

import dev.tidings.local.supervision.Part;
import dev.tidings.systemtests.client.SocketClient;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** A replica of the WebSocket service. */
public record Replica(Part part, URI address) {

    public URI socket() {
        return URI.create("ws://%s:%d/ws".formatted(address.getHost(), address.getPort()));
    }

    /** A connection with that token, once it is accepted. */
    public SocketClient connect(String token) {
        return SocketClient.to(socket()).token(token).connect();
    }

    public SocketClient connect(String token, String cursor) {
        return SocketClient.to(socket()).token(token).cursor(cursor).connect();
    }

    /** {@code GET /api/v1/events/recent} with this query, such as {@code cursor=…}. */
    public Http.Answer poll(String token, String query) {
        return Http.get(address.resolve("/api/v1/events/recent" + (query.isEmpty() ? "" : "?" + query)), token);
    }

    public JsonNode stats() {
        return Http.get(address.resolve("/stats")).json();
    }

    /** How many connections the cluster holds for the user, as this replica sees it. */
    public int connectionsOf(String userId) {
        return stats().path("users").path(userId).asInt(0);
    }

    /** The value of a metric without labels; NaN if it is not there. */
    public double metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    public Http.Answer get(String path) {
        return Http.get(address.resolve(path));
    }
}
