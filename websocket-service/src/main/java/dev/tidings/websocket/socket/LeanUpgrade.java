package dev.tidings.websocket.socket;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee11.servlet.ServletCoreResponse;
import org.eclipse.jetty.ee11.websocket.server.internal.JettyServerFrameHandlerFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.FrameHandlerFactory;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketHandlerAdapter;
import org.springframework.web.socket.adapter.jetty.JettyWebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;

/**
 * Opens sockets as its superclass does, and lets go of the HTTP request afterwards. Jetty 12.1 keeps the response of an upgrade for the
 * life of the socket, as a view of its headers, and with it the request, its parser, its attributes and Spring's observation: more
 * than 6 KB for each connection.
 */
final class LeanUpgrade extends JettyRequestUpgradeStrategy {
    private final Configuration.ConfigurationCustomizer limits;

    /** @param limits of each socket */
    LeanUpgrade(Configuration.ConfigurationCustomizer limits) {
        this.limits = limits;
    }

    @Override
    public void upgrade(
            ServerHttpRequest request,
            ServerHttpResponse response,
            @Nullable String selectedProtocol,
            List<WebSocketExtension> selectedExtensions,
            @Nullable Principal user,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
        ServletContext context = servletRequest.getServletContext();
        Request coreRequest = ServletCoreRequest.wrap(servletRequest);
        Response coreResponse = ServletCoreResponse.wrap(
                coreRequest, ((ServletServerHttpResponse) response).getServletResponse(), false);
        Object endpoint = new JettyWebSocketHandlerAdapter(handler, new JettyWebSocketSession(attributes, user));
        WebSocketNegotiator negotiator = WebSocketNegotiator.from(
                (_, accepted, _) -> {
                    if (selectedProtocol != null) {
                        accepted.setAcceptedSubProtocol(selectedProtocol);
                    }
                    return endpoint;
                },
                lean(JettyServerFrameHandlerFactory.getFactory(context)));
        WebSocketMappings sockets =
                WebSocketMappings.getMappings(ServletContextHandler.getServletContextHandler(context));
        try (Blocker.Callback done = Blocker.callback()) {
            if (sockets.upgrade(negotiator, coreRequest, coreResponse, done, limits)) {
                done.block();
            }
        } catch (Exception e) {
            throw new HandshakeFailureException("Failed to upgrade", e);
        }
    }

    private static FrameHandlerFactory lean(FrameHandlerFactory factory) {
        return (endpoint, request, response) ->
                factory.newFrameHandler(endpoint, new LeanRequest(request), new LeanResponse(request, response));
    }

    /** Without headers. Nothing of Tidings or Spring reads them after the upgrade. */
    private static final class LeanRequest extends Request.Wrapper implements ServerUpgradeRequest {
        private final ServerUpgradeRequest upgrade;

        LeanRequest(ServerUpgradeRequest upgrade) {
            super(upgrade);
            this.upgrade = upgrade;
        }

        @Override
        public HttpFields getHeaders() {
            return HttpFields.EMPTY;
        }

        @Override
        public WebSocketComponents getWebSocketComponents() {
            return upgrade.getWebSocketComponents();
        }

        @Override
        public List<ExtensionConfig> getExtensions() {
            return upgrade.getExtensions();
        }

        @Override
        public String getProtocolVersion() {
            return upgrade.getProtocolVersion();
        }

        @Override
        public List<String> getSubProtocols() {
            return upgrade.getSubProtocols();
        }

        @Override
        public boolean hasSubProtocol(String subprotocol) {
            return upgrade.hasSubProtocol(subprotocol);
        }
    }

    /** Without headers. */
    private static final class LeanResponse extends Response.Wrapper implements ServerUpgradeResponse {
        private final ServerUpgradeResponse upgrade;
        private final HttpFields.Mutable headers = HttpFields.build();

        LeanResponse(Request request, ServerUpgradeResponse upgrade) {
            super(request, upgrade);
            this.upgrade = upgrade;
        }

        @Override
        public HttpFields.Mutable getHeaders() {
            return headers;
        }

        @Override
        public String getAcceptedSubProtocol() {
            return upgrade.getAcceptedSubProtocol();
        }

        @Override
        public void setAcceptedSubProtocol(String protocol) {
            upgrade.setAcceptedSubProtocol(protocol);
        }

        @Override
        public List<ExtensionConfig> getExtensions() {
            return upgrade.getExtensions();
        }

        @Override
        public void addExtensions(List<ExtensionConfig> configs) {
            upgrade.addExtensions(configs);
        }

        @Override
        public void removeExtensions(List<ExtensionConfig> configs) {
            upgrade.removeExtensions(configs);
        }

        @Override
        public void setExtensions(List<ExtensionConfig> configs) {
            upgrade.setExtensions(configs);
        }
    }
}
