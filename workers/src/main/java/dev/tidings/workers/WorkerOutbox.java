package dev.tidings.workers;

import dev.tidings.topology.App;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Configures the outbox of a worker that publishes: a schema of its own and its migration, since a relay publishes with its app id
 * as the source. A worker that publishes nothing has neither.
 */
final class WorkerOutbox implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String worker = environment.getProperty("TIDINGS_WORKER", "");
        Optional<String> schema = App.workers().stream()
                .filter(app -> app.id().equals(worker))
                .findFirst()
                .flatMap(App::outboxSchema);
        Map<String, Object> settings = schema.<Map<String, Object>>map(
                        name -> Map.of("tidings.outbox.schema", name, "spring.flyway.enabled", "true"))
                .orElse(Map.of("spring.flyway.enabled", "false"));
        environment.getPropertySources().addLast(new MapPropertySource("topology", settings));
    }
}
