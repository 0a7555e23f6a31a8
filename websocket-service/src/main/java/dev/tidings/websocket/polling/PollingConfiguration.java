package dev.tidings.websocket.polling;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets the pages poll that may open a socket, and show who is connected. The token travels in a header, so no cookie has to be
 * allowed.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PollingSettings.class)
class PollingConfiguration {
    private static final List<String> OPEN_TO_PAGES = List.of(PollingController.PATH, "/stats");
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(1);

    @Bean
    WebMvcConfigurer pollingOrigins(PollingSettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addCorsMappings(CorsRegistry registry) {
                OPEN_TO_PAGES.forEach(path -> registry.addMapping(path)
                        // A mapping starts with all origins, which an empty list of patterns would leave so.
                        .allowedOrigins()
                        .allowedOriginPatterns(settings.allowedOrigins().toArray(String[]::new))
                        .allowedMethods(HttpMethod.GET.name())
                        .allowedHeaders(HttpHeaders.AUTHORIZATION)
                        .exposedHeaders(HttpHeaders.RETRY_AFTER)
                        .maxAge(PREFLIGHT_KEPT.toSeconds()));
            }
        };
    }
}
