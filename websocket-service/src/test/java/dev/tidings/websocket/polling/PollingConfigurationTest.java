package dev.tidings.websocket.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;

class PollingConfigurationTest {
    /** Shows what was registered. */
    private static final class Registry extends CorsRegistry {
        Map<String, CorsConfiguration> configurations() {
            return getCorsConfigurations();
        }
    }

    private static CorsConfiguration with(List<String> allowedOrigins) {
        Registry registry = new Registry();
        new PollingConfiguration()
                .pollingOrigins(new PollingSettings(Duration.ofSeconds(30), allowedOrigins, 4, Duration.ofMillis(500)))
                .addCorsMappings(registry);
        return Objects.requireNonNull(registry.configurations().get(PollingController.PATH));
    }

    @Test
    void withoutASettingNoForeignOriginMayPoll() {
        assertThat(with(List.of()).checkOrigin("https://example.org")).isNull();
    }

    @Test
    void aPatternAllowsItsOriginsOnly() {
        CorsConfiguration cors = with(List.of("https://*.example.com"));
        assertThat(cors.checkOrigin("https://app.example.com")).isEqualTo("https://app.example.com");
        assertThat(cors.checkOrigin("https://example.org")).isNull();
    }
}
