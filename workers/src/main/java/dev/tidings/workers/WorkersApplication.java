package dev.tidings.workers;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the worker that {@code TIDINGS_WORKER} names, or the {@link WorkersInOneProcess workers} that {@code TIDINGS_WORKERS} lists,
 * separated by commas. Needs neither sidecar nor database to start.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class WorkersApplication {
    public static void main(String[] args) {
        String several = System.getenv("TIDINGS_WORKERS");
        if (several == null || several.isBlank()) {
            SpringApplication.run(WorkersApplication.class, args);
        } else {
            WorkersInOneProcess.run(several, args);
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
