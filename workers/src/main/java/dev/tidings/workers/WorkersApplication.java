package dev.tidings.workers;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the worker that {@code TIDINGS_WORKER} names. Needs neither sidecar nor database to start. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class WorkersApplication {
    public static void main(String[] args) {
        SpringApplication.run(WorkersApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
