package dev.tidings.local.topology;

import dev.tidings.topology.App;
import dev.tidings.topology.DatabaseRole;
import java.util.List;
import java.util.Map;

/**
 * A process of a service, with its sidecar.
 *
 * @param name the part's name; each replica of a service has its own
 * @param app the app; equal for all replicas
 * @param port of the HTTP server
 * @param maxHeap a value of {@code -Xmx}
 * @param environment variables that only this process receives
 */
record ServiceSpec(String name, App app, int port, String maxHeap, Map<String, String> environment) {

    ServiceSpec withMaxHeap(String heap) {
        return new ServiceSpec(name, app, port, heap, environment);
    }

    /** The Dapr app id. */
    String service() {
        return app.id();
    }

    /** The module whose jar it runs. */
    String module() {
        return app.module();
    }

    /** The limits of its container in {@code charts/tidings/values.yaml}, as flags of a JVM that is outside of a container. */
    List<String> containerLimits() {
        return switch (app) {
            case BACKEND -> limits("768m", 2);
            case WEBSOCKET_SERVICE -> limits("1g", 2);
            default -> limits("320m", 1);
        };
    }

    private static List<String> limits(String memory, int processors) {
        return List.of("-XX:MaxRAM=" + memory, "-XX:ActiveProcessorCount=" + processors);
    }

    DatabaseRole role() {
        return app.databaseRole();
    }

    String sidecar() {
        return LocalStack.sidecarName(name);
    }
}
