package dev.tidings.websocket.health;

import dev.tidings.websocket.cluster.ClusterState;
import dev.tidings.websocket.delivery.LocalConnections;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that {@code /health} names, each a bean called after it. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    HealthIndicator sidecarHealthIndicator(SidecarProbe sidecar) {
        return () -> upUnless(sidecar.complaint()).build();
    }

    @Bean
    HealthIndicator subscriptionHealthIndicator(SidecarProbe sidecar) {
        return () -> upUnless(sidecar.subscriptionComplaint()).build();
    }

    /** Draining is announced as refusing traffic; the web server's own shutdown announces the same. */
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
                                : "no lease in the registry: pushes between replicas wait for it, the sweep delivers")
                .withDetail("peers", cluster.peers())
                .build();
    }

    private static Health.Builder upUnless(String complaint) {
        return complaint.isEmpty() ? Health.up() : Health.down().withDetail("reason", complaint);
    }
}
