package dev.tidings.websocket.ingest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** The topics this service subscribes to, and what becomes of their events. */
@Validated
@ConfigurationProperties("tidings")
record RoutingTable(@NotEmpty List<@Valid Route> routes) {
    RoutingTable {
        if (routes.stream().map(Route::topic).distinct().count() < routes.size()) {
            throw new IllegalArgumentException("tidings.routes names a topic twice: " + topics(routes));
        }
    }

    Optional<Route> of(String topic) {
        return routes.stream().filter(route -> route.topic().equals(topic)).findFirst();
    }

    String topics() {
        return topics(routes);
    }

    private static String topics(List<Route> routes) {
        return routes.stream().map(Route::topic).collect(Collectors.joining(", "));
    }
}
