package dev.tidings.backend.requests;

import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets ids of users stand in paths whatever they consist of, percent-encoded: a slash, a backslash, a per cent sign.
 *
 * <p>Jetty refuses such paths, since one part of a service may decode them before it splits them and another after it. Here nobody
 * does the former: filters compare paths as sent, and Spring splits first. Only {@code .} and {@code ..} alone cannot be asked
 * for; clients resolve them.
 */
@Component
class OpaqueIds implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {
    private static final UriCompliance ANY_CHARACTER = UriCompliance.DEFAULT.with(
            "ANY_CHARACTER",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(OpaqueIds::allow);
    }

    private static void allow(Server server) {
        Stream.of(server.getConnectors())
                .flatMap(connector -> connector.getConnectionFactories().stream())
                .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                .map(HttpConfiguration.ConnectionFactory.class::cast)
                .forEach(connections -> connections.getHttpConfiguration().setUriCompliance(ANY_CHARACTER));
        server.getDescendants(ServletContextHandler.class)
                .forEach(context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    }
}
