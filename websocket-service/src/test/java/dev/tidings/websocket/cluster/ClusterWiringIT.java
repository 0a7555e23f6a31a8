package dev.tidings.websocket.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.cluster.peers.ClusterQuery;
import dev.tidings.websocket.cluster.peers.EventFanOut;
import dev.tidings.websocket.cluster.peers.FakeConnections;
import dev.tidings.websocket.cluster.peers.TestEvents;
import dev.tidings.websocket.delivery.Registry;
import dev.tidings.websocket.stream.StreamName;
import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The package as Spring puts it together, without a sidecar. */
class ClusterWiringIT {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(Surroundings.class, ClusterConfiguration.class)
            .withPropertyValues(
                    "tidings.replica-name=replica",
                    "tidings.cluster.bind-address=127.0.0.1",
                    "tidings.cluster.internal-port=0");

    @Test
    void a_replica_starts_without_its_sidecar_takes_connections_and_tells_its_own() {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            StreamName ada = StreamName.ofUser("ada");
            context.getBean(Registry.class).opened(ada);
            context.getBean(EventFanOut.class).route(List.of(TestEvents.event(ada, 1)));
            assertThat(context.getBean(FakeConnections.class).numbersOf(ada)).containsExactly(1L);
            assertThat(context.getBean(ClusterState.class).isJoined()).isFalse();
            assertThat(context.getBean(ClusterQuery.class).countByUser().responses())
                    .hasSize(1);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("tidings.cluster.streams")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        });
    }

    @Test
    void its_lifecycle_can_be_stopped_and_started_again() {
        application.run(context -> {
            ClusterLifecycle lifecycle = context.getBean(ClusterLifecycle.class);
            lifecycle.stop();
            lifecycle.start();
            assertThat(lifecycle.isRunning()).isTrue();
        });
    }

    @Test
    void in_production_a_missing_secret_is_refused() {
        application
                .withPropertyValues("spring.profiles.active=production")
                .run(context -> assertThat(context).getFailure().hasMessageContaining("TIDINGS_CLUSTER_SECRET"));
    }

    @Test
    void contradicting_time_limits_are_refused() {
        application
                .withPropertyValues("tidings.cluster.timing.lease=3s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("lease (PT3S) must be at least three heartbeats"));
    }

    @Test
    void a_short_secret_is_refused_and_not_shown() {
        application
                .withPropertyValues("tidings.cluster.secret=sesame")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("at least 16 characters")
                        .hasMessageNotContaining("sesame"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ClusterSettings.class)
    static class Surroundings {
        @Bean
        FakeConnections connections() {
            return new FakeConnections();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean(destroyMethod = "close")
        DaprClient dapr() {
            return new DaprClientBuilder()
                    .withPropertyOverride(Properties.GRPC_PORT, "1")
                    .withPropertyOverride(Properties.HTTP_PORT, "1")
                    .build();
        }
    }
}
