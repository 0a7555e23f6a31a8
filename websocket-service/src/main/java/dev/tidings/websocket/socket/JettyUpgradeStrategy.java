package dev.tidings.websocket.socket;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;

/**
 * Upgrades requests on Jetty and answers 400 if the negotiation fails. The negotiation fails only because of what the
 * client sent, such as an extension with unknown parameters. Without this class the answer would be a 500.
 */
final class JettyUpgradeStrategy extends JettyRequestUpgradeStrategy {
    private static final Logger log = LoggerFactory.getLogger(JettyUpgradeStrategy.class);

    @Override
    public void upgrade(
            ServerHttpRequest request,
            ServerHttpResponse response,
            @Nullable String protocol,
            List<WebSocketExtension> extensions,
            @Nullable Principal user,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        try {
            super.upgrade(request, response, protocol, extensions, user, handler, attributes);
        } catch (HandshakeFailureException e) {
            log.debug("An upgrade cannot be negotiated and is rejected: {}", String.valueOf(e.getCause()));
            reject(response);
        }
    }

    private static void reject(ServerHttpResponse response) {
        UpgradeRejection refusal = new UpgradeRejection(
                HttpStatus.BAD_REQUEST_400,
                "Sec-WebSocket-Extensions",
                "the requested extensions cannot be negotiated",
                Map.of());
        response.setStatusCode(org.springframework.http.HttpStatus.BAD_REQUEST);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        try {
            byte[] problem = refusal.problem();
            response.getHeaders().setContentLength(problem.length);
            response.getBody().write(problem);
        } catch (IOException e) {
            log.debug("A client disconnected before the rejection of its upgrade was written", e);
        }
    }
}
