package dev.tidings.websocket.health;

import dev.tidings.sidecar.SidecarProbe;
import dev.tidings.websocket.cluster.ClusterState;
import dev.tidings.websocket.delivery.LocalConnections;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The components of {@code /health}. Each is a bean named after it. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    HealthIndicator subscriptionHealthIndicator(SidecarProbe sidecar) {
        return () -> upUnless(sidecar.subscriptionComplaint()).build();
    }

    /** A draining replica refuses traffic, as does a web server that is shutting down. */
    @Bean
    HealthIndicator hubHealthIndicator(ApplicationAvailability availability, LocalConnections connections) {
        return () -> {
            boolean accepting = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
            var users = connections.countByUser().values();
            return (accepting ? Health.up() : Health.outOfService())
                    .withDetail("state", accepting ? "accepting" : "draining")
                    .withDetail("users", users.size())
                    .withDetail(
                            "connections",
                            users.stream().mapToInt(Integer::intValue).sum())
                    .build();
        };
    }

    @Bean
    HealthIndicator registryHealthIndicator(ClusterState cluster) {
        return () -> upUnless(
                        cluster.isJoined()
                                ? ""
                                : "this replica has no lease: pushes between replicas are suspended, the sweep delivers")
                .withDetail("peers", cluster.peers())
                .build();
    }

    private static Health.Builder upUnless(String complaint) {
        return complaint.isEmpty() ? Health.up() : Health.down().withDetail("reason", complaint);
    }
}
