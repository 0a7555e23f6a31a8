package dev.tidings.websocket.socket;

import dev.tidings.edge.EdgeSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.websocket.delivery.ConnectionHub;
import dev.tidings.websocket.delivery.DeliveryMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** {@code /ws} on Jetty. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(SocketSettings.class)
class SocketConfiguration {
    /**
     * Up to this multiple of the limit a message is read, so that the client can be told why it is closed (4304); Jetty
     * closes with 1009 above it.
     */
    private static final int READ_BEYOND_LIMIT = 4;

    @Bean(initMethod = "start")
    SocketHandler socketHandler(
            TokenVerifier verifier,
            ConnectionHub hub,
            SocketSettings settings,
            EdgeSettings edge,
            DeliveryMetrics metrics,
            Clock clock,
            Environment environment) {
        if (settings.insecure()) {
            refuseInProduction(environment);
        }
        LoginVerifier admission = new LoginVerifier(verifier, settings.insecure());
        SocketLimits places = SocketLimits.of(settings, edge);
        PendingLogins<ClientSession> strangers = new PendingLogins<>(places.strangers());
        metrics.observePending(strangers::waiting);
        Semaphore logins = new Semaphore(settings.concurrentLogins());
        return new SocketHandler(
                new ClientSession.Context(admission, hub, settings, places, strangers, logins, metrics, clock));
    }

    @Bean
    WebSocketConfigurer webSocketEndpoint(SocketHandler handler, SocketSettings settings) {
        JettyRequestUpgradeStrategy jetty = new JettyUpgradeStrategy();
        jetty.addWebSocketConfigurer(socket -> {
            // The heartbeat decides who is dead; Jetty's own timer would not know a stuck client from an idle one.
            socket.setIdleTimeout(Duration.ZERO);
            socket.setMaxTextMessageSize((long) settings.maxMessageBytes() * READ_BEYOND_LIMIT);
            socket.setMaxBinaryMessageSize(settings.maxMessageBytes());
        });
        DefaultHandshakeHandler handshake = new DefaultHandshakeHandler(jetty);
        handshake.setSupportedProtocols(Handshake.SUBPROTOCOL);
        // UpgradeHandler has judged the origin by then, and hidden it.
        return registry -> registry.addHandler(handler, UpgradeHandler.PATH)
                .addInterceptors(new HandshakeTransfer())
                .setHandshakeHandler(handshake)
                .setAllowedOriginPatterns(CorsConfiguration.ALL);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> upgrades(
            SocketSettings settings, ObjectProvider<SocketHandler> sockets, ObjectProvider<DeliveryMetrics> metrics) {
        UpgradeCheck check = new UpgradeCheck(new Origins(settings.allowedOrigins()));
        // The sockets are asked for at the first upgrade: while the server is made, the beans they need are not there
        // yet.
        return factory -> factory.addServerCustomizers(server -> server.insertHandler(
                new UpgradeHandler(check, () -> sockets.getObject().hasRoom(), metrics.getObject())));
    }

    private static void refuseInProduction(Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            throw new IllegalStateException("TIDINGS_INSECURE=true lets anyone be any user, and the profile is"
                    + " production: unset TIDINGS_INSECURE, or choose another TIDINGS_PROFILE");
        }
        LoggerFactory.getLogger(SocketConfiguration.class)
                .warn("TIDINGS_INSECURE=true: a bare user_id is taken for the user; for development only");
    }
}
