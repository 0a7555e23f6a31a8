package dev.tidings.backend.origins;

import dev.tidings.backend.problems.ProblemWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

@Configuration(proxyBeanMethods = false)
class OriginsConfiguration {

    @Bean
    FilterRegistrationBean<CorsFilter> originsFilter(
            @Value("${tidings.allowed-origins}") List<String> origins, ProblemWriter problems) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOriginPatterns(origins);
        rules.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of("Authorization", "Content-Type", "Idempotency-Key", "traceparent"));
        rules.setExposedHeaders(List.of("Location", "Retry-After", "WWW-Authenticate", "Idempotency-Replayed"));
        rules.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", rules);

        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new ProblemCorsProcessor(problems));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Refuses as everything else here does. */
    private static final class ProblemCorsProcessor extends DefaultCorsProcessor {
        private final ProblemWriter problems;

        ProblemCorsProcessor(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            if (response instanceof ServletServerHttpResponse servlet) {
                problems.write(
                        servlet.getServletResponse(),
                        403,
                        "pages of this origin may not call, or not in this way: see TIDINGS_ALLOWED_ORIGINS");
            } else {
                super.rejectRequest(response);
            }
        }
    }
}
