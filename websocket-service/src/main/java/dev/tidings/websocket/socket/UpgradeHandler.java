package dev.tidings.websocket.socket;

import dev.tidings.websocket.access.RequestToken;
import dev.tidings.websocket.delivery.DeliveryMetrics;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Handles upgrade requests before any servlet or Spring code. Rejects invalid ones with problem details and passes the
 * others on as {@link SanitizedUpgradeRequest}, with their {@link Handshake} as an attribute. Thread-safe; does not block.
 */
final class UpgradeHandler extends Handler.Wrapper {
    static final String PATH = RequestToken.UPGRADE_PATH;

    /** Attribute of the request, and of the WebSocket session until it is opened. */
    static final String HANDSHAKE = Handshake.class.getName();

    private final UpgradeCheck check;
    private final BooleanSupplier hasRoom;
    private final DeliveryMetrics metrics;

    /** @param hasRoom returns whether another socket is accepted */
    UpgradeHandler(UpgradeCheck check, BooleanSupplier hasRoom, DeliveryMetrics metrics) {
        this.check = check;
        this.hasRoom = hasRoom;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        Optional<UpgradeRejection> refusal = check.check(request).or(this::overload);
        if (refusal.isPresent()) {
            metrics.error("handshake");
            answer(response, callback, refusal.get());
            return true;
        }
        String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        Request bare = new SanitizedUpgradeRequest(request);
        bare.setAttribute(HANDSHAKE, Handshake.of(query, request.getHeaders()));
        return super.handle(bare, response, callback);
    }

    private Optional<UpgradeRejection> overload() {
        return hasRoom.getAsBoolean() ? Optional.empty() : Optional.of(UpgradeRejection.overloaded());
    }

    private static void answer(Response response, Callback callback, UpgradeRejection refusal) {
        response.setStatus(refusal.status());
        refusal.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, UpgradeRejection.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(refusal.problem()), callback);
    }
}
