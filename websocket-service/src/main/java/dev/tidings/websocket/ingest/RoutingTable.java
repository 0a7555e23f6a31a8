package dev.tidings.websocket.ingest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The topics this service subscribes to, and what becomes of their events.
 *
 * @param routes by names that mean nothing but let further sources of settings add rows, and change single fields of others
 */
@Validated
@ConfigurationProperties("tidings")
record RoutingTable(@NotEmpty Map<String, @Valid Route> routes) {
    RoutingTable {
        if (routes.values().stream().map(Route::topic).distinct().count() < routes.size()) {
            throw new IllegalArgumentException("tidings.routes names a topic twice: " + topics(routes.values()));
        }
    }

    Collection<Route> all() {
        return routes.values();
    }

    Optional<Route> of(String topic) {
        return all().stream().filter(route -> route.topic().equals(topic)).findFirst();
    }

    String topics() {
        return topics(all());
    }

    private static String topics(Collection<Route> routes) {
        return routes.stream().map(Route::topic).collect(Collectors.joining(", "));
    }
}
