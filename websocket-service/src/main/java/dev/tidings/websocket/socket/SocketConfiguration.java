package dev.tidings.websocket.socket;

import dev.tidings.edge.EdgeSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.websocket.delivery.ConnectionHub;
import dev.tidings.websocket.delivery.DeliveryMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.websocket.core.Configuration.ConfigurationCustomizer;
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
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** {@code /ws} on Jetty. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(SocketSettings.class)
class SocketConfiguration {
    /**
     * Messages are read up to this multiple of the size limit, so that the connection can be closed with 4304. Jetty closes
     * with 1009 above it.
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
            rejectInProduction(environment);
        }
        LoginVerifier loginVerifier = new LoginVerifier(verifier, settings.insecure());
        SocketLimits limits = SocketLimits.of(settings, edge);
        PendingLogins<ClientSession> pendingLogins = new PendingLogins<>(limits.pendingLogins());
        metrics.observePending(pendingLogins::waiting);
        Semaphore logins = new Semaphore(settings.concurrentLogins(), true);
        return new SocketHandler(
                new ClientSession.Context(loginVerifier, hub, settings, limits, pendingLogins, logins, metrics, clock));
    }

    @Bean
    WebSocketConfigurer webSocketEndpoint(SocketHandler handler, SocketSettings settings) {
        ConfigurationCustomizer socket = new ConfigurationCustomizer();
        // The heartbeat detects dead clients. The idle timeout of Jetty cannot tell a stuck client from an idle one.
        socket.setIdleTimeout(Duration.ZERO);
        socket.setMaxTextMessageSize((long) settings.maxMessageBytes() * READ_BEYOND_LIMIT);
        socket.setMaxBinaryMessageSize(settings.maxMessageBytes());
        DefaultHandshakeHandler handshake = new DefaultHandshakeHandler(new LeanUpgrade(socket));
        handshake.setSupportedProtocols(Handshake.SUBPROTOCOL);
        // UpgradeHandler has checked and removed the origin before.
        return registry -> registry.addHandler(handler, UpgradeHandler.PATH)
                .addInterceptors(new HandshakeTransfer())
                .setHandshakeHandler(handshake)
                .setAllowedOriginPatterns(CorsConfiguration.ALL);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> upgrades(
            SocketSettings settings, ObjectProvider<SocketHandler> sockets, ObjectProvider<DeliveryMetrics> metrics) {
        UpgradeCheck check = new UpgradeCheck(new Origins(settings.allowedOrigins()));
        // The handler is resolved at the first upgrade, because its dependencies do not exist yet when the server is
        // created.
        return factory -> factory.addServerCustomizers(server -> server.insertHandler(
                new UpgradeHandler(check, () -> sockets.getObject().hasRoom(), metrics.getObject())));
    }

    private static void rejectInProduction(Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            throw new IllegalStateException(
                    "TIDINGS_INSECURE=true lets every client act as any user, and the profile is"
                            + " production: unset TIDINGS_INSECURE, or choose another TIDINGS_PROFILE");
        }
        LoggerFactory.getLogger(SocketConfiguration.class)
                .warn("TIDINGS_INSECURE=true: a user_id without a token is accepted; for development only");
    }
}
