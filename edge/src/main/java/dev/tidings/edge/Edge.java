package dev.tidings.edge;

import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Installs the edge in a Jetty server before its start. */
public final class Edge {
    /**
     * Paths may contain user ids with any character, percent-encoded: a slash, a backslash, a percent sign. Jetty rejects such paths by
     * default, because parts of a service may decode a path before they split it. Here filters compare paths as sent, and Spring
     * splits first.
     */
    private static final UriCompliance ANY_CHARACTER = UriCompliance.DEFAULT.with(
            "ANY_CHARACTER",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    /**
     * Maximum number of connections that the operating system holds until they are accepted. Beyond it, a client retries after a
     * second or more. Java's default is 50.
     */
    private static final int ACCEPT_QUEUE = 1024;

    private Edge() {}

    /** Wraps the server's handler, limits its connectors, and replaces its error pages. */
    public static void guard(Server server, EdgeSettings settings, CallerRecognizer callers) {
        guard(server, settings, callers, () -> {});
    }

    /** @param overloaded is called for each request that was rejected because a limit was reached; must not block */
    static void guard(Server server, EdgeSettings settings, CallerRecognizer callers, Runnable overloaded) {
        int places = Math.min(settings.maxConnections(), OpenFiles.forConnections(OpenFiles.limit()));
        for (AbstractConnector connector : connectors(server)) {
            connector.setIdleTimeout(settings.idleTimeout().toMillis());
            if (connector instanceof ServerConnector network) {
                network.setAcceptQueueSize(ACCEPT_QUEUE);
            }
            connector.addBean(new ConnectionGuard(connector, settings, places));
            connector.getConnectionFactories().stream()
                    .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                    .map(HttpConfiguration.ConnectionFactory.class::cast)
                    .forEach(factory -> configure(factory.getHttpConfiguration()));
        }
        server.addBean(new NetworkConnectionLimit(places, server));
        server.setErrorHandler(new ProblemErrorHandler());
        server.setRequestLog(new RefusalLog(settings.refusalLogPerSecond(), overloaded));

        Handler inner = server.getHandler();
        Handler limits = ConcurrencyLimits.before(inner, settings);
        BodyReader bodies = new BodyReader(settings);
        bodies.setHandler(limits);
        Gate gate = new Gate(callers, settings);
        gate.setHandler(bodies);
        server.setHandler(gate);
    }

    private static void configure(HttpConfiguration http) {
        http.setUriCompliance(ANY_CHARACTER);
        http.setSendServerVersion(false);
        // No service reads forms: parameters come from the query only.
        http.setFormEncodedMethods(Set.of());
        http.addCustomizer(new SafetyHeaders());
    }

    private static Iterable<AbstractConnector> connectors(Server server) {
        return Stream.of(server.getConnectors())
                .filter(AbstractConnector.class::isInstance)
                .map(AbstractConnector.class::cast)
                .toList();
    }
}
