package dev.tidings.edge;

import dev.tidings.edge.problems.ProblemWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/**
 * Configures which pages of other origins may call from a browser (CORS). Preflights are answered before tokens are verified, because
 * browsers send them without a token. WebSocket upgrades have a rule of their own.
 */
@Configuration(proxyBeanMethods = false)
class OriginsConfiguration {

    @Bean
    FilterRegistrationBean<CorsFilter> originsFilter(EdgeSettings settings, ProblemWriter problems) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOriginPatterns(settings.allowedOrigins());
        rules.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "Idempotency-Key", "traceparent", "tracestate"));
        rules.setExposedHeaders(List.of("Location", "Retry-After", "WWW-Authenticate", "Idempotency-Replayed"));
        rules.setMaxAge(Duration.ofHours(1));

        CorsFilter filter = new CorsFilter(
                request -> "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE)) ? null : rules);
        filter.setCorsProcessor(new ProblemCorsProcessor(problems));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Rejects with problem details. */
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
                        "this origin, method or header is not allowed: see TIDINGS_ALLOWED_ORIGINS");
            } else {
                super.rejectRequest(response);
            }
        }
    }
}
