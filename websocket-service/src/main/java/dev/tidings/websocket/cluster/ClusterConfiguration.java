package dev.tidings.websocket.cluster;

import dev.tidings.sidecar.state.DaprStateStore;
import dev.tidings.websocket.cluster.membership.ClusterTiming;
import dev.tidings.websocket.cluster.peers.ClusterQuery;
import dev.tidings.websocket.cluster.peers.EventFanOut;
import dev.tidings.websocket.cluster.peers.HttpPeerClient;
import dev.tidings.websocket.cluster.peers.PeerServer;
import dev.tidings.websocket.cluster.registry.StreamRegistry;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.delivery.Registry;
import io.dapr.client.DaprClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {
    private static final Logger log = LoggerFactory.getLogger(ClusterConfiguration.class);

    /** The shared secret: the setting, or a random value if it is not set and the profile allows that. */
    record ClusterSecret(String value) {
        @Override
        public String toString() {
            return "ClusterSecret[…]";
        }
    }

    @Bean
    ClusterSecret clusterSecret(ClusterSettings settings, Environment environment) {
        if (!settings.secret().isEmpty()) {
            return new ClusterSecret(settings.secret());
        }
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            throw new IllegalStateException(
                    "TIDINGS_CLUSTER_SECRET is not set: replicas need a shared secret to call each other");
        }
        log.warn("TIDINGS_CLUSTER_SECRET is not set: this replica and others reject each other's calls");
        return new ClusterSecret(UUID.randomUUID().toString());
    }

    @Bean
    HttpPeerClient peerClient(ClusterSettings settings, ClusterSecret secret) {
        return new HttpPeerClient(secret.value(), settings.timing().pushTimeout());
    }

    /** The hub and the node depend on each other, so the node resolves the hub at its first use. */
    @Bean(destroyMethod = "")
    ClusterNode clusterNode(
            ClusterSettings settings,
            @Value("${tidings.replica-name}") String name,
            DaprClient dapr,
            HttpPeerClient client,
            ObjectProvider<LocalConnections> hub,
            ObjectProvider<PeerServer> server,
            MeterRegistry meters) {
        ClusterTiming timing = settings.timing();
        Supplier<String> address = () -> settings.internalAddress().isEmpty()
                ? "127.0.0.1:" + server.getObject().port()
                : settings.internalAddress();
        return new ClusterNode(
                name,
                address,
                new DaprStateStore(dapr, settings.store(), timing.storeTimeout()),
                new DaprStateStore(dapr, settings.store(), timing.lookupTimeout()),
                client,
                hub::getObject,
                timing,
                settings.broadcastFactor(),
                System::nanoTime,
                meters);
    }

    @Bean(destroyMethod = "")
    PeerServer peerServer(ClusterSettings settings, ClusterSecret secret, ClusterNode node) {
        return new PeerServer(settings.bindAddress(), settings.internalPort(), secret.value(), node.requestHandler());
    }

    @Bean
    ClusterLifecycle clusterLifecycle(ClusterNode node, PeerServer server, ClusterSettings settings) {
        return new ClusterLifecycle(node, server, settings.timing().heartbeat());
    }

    @Bean
    Registry streamRegistry(ClusterNode node, MeterRegistry meters) {
        Gauge.builder("tidings.cluster.streams", node.registry(), StreamRegistry::size)
                .description("Streams that this replica has registered")
                .register(meters);
        return node.registry();
    }

    @Bean
    EventFanOut eventFanOut(ClusterNode node) {
        return node.fanOut();
    }

    @Bean
    ClusterQuery clusterQuery(ClusterNode node) {
        return node.query();
    }
}
