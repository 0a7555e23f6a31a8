package dev.tidings.edge;

import dev.tidings.edge.masking.FieldMask;
import dev.tidings.edge.problems.ProblemsConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.webapp.AbstractConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Installs the edge in the port of a service. */
@AutoConfiguration
@EnableConfigurationProperties(EdgeSettings.class)
@Import({ProblemsConfiguration.class, OriginsConfiguration.class, FieldMask.class})
class EdgeAutoConfiguration {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<JettyServletWebServerFactory> edge(
            EdgeSettings settings, ObjectProvider<CallerRecognizer> callers, ObjectProvider<MeterRegistry> metrics) {
        return factory -> {
            factory.addConfigurations(new ProblemPages());
            factory.addServerCustomizers(server -> {
                server.getDescendants(ServletContextHandler.class)
                        .forEach(context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
                Edge.guard(
                        server,
                        settings,
                        callers.getIfAvailable(() -> head -> Caller.ANONYMOUS),
                        overloadCounter(metrics));
            });
        };
    }

    /** Counts nothing in a service without metrics. */
    private static Runnable overloadCounter(ObjectProvider<MeterRegistry> metrics) {
        MeterRegistry registry = metrics.getIfUnique();
        if (registry == null) {
            return () -> {};
        }
        return Counter.builder("tidings.edge.refused")
                .description("Requests that were rejected because a limit was reached (429, 503)")
                .register(registry)::increment;
    }

    /** Replaces the error pages of servlets, which Spring Boot dispatches through all filters again. */
    private static final class ProblemPages extends AbstractConfiguration {
        ProblemPages() {
            super(new AbstractConfiguration.Builder());
        }

        @Override
        public void configure(WebAppContext context) {
            context.setErrorHandler(new ProblemErrorHandler());
        }
    }
}
