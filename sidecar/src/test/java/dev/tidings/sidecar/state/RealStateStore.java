package dev.tidings.sidecar.state;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A state store as it is in production: a component file of the project behind a real sidecar. */
public final class RealStateStore implements AutoCloseable {
    private final Component component;
    private final Sidecar sidecar;
    private final DaprClient dapr;

    /** The component files of state stores. */
    public enum Component {
        REGISTRY_REDIS("websocket-service", "registry", "statestore-registry.yaml"),
        REGISTRY_POSTGRESQL("websocket-service", "registry", "alternatives/statestore-registry-postgresql.yaml"),
        CACHE_REDIS("cache-worker", "cache", "statestore-cache.yaml"),
        CACHE_POSTGRESQL("cache-worker", "cache", "alternatives/statestore-cache-postgresql.yaml");

        private final String appId;
        private final String store;
        private final String file;

        Component(String appId, String store, String file) {
            this.appId = appId;
            this.store = store;
            this.file = file;
        }
    }

    private RealStateStore(Component component, Sidecar sidecar) {
        this.component = component;
        this.sidecar = sidecar;
        this.dapr = new DaprClientBuilder()
                .withPropertyOverride(Properties.GRPC_PORT, Integer.toString(sidecar.grpcPort()))
                .withPropertyOverride(Properties.HTTP_PORT, Integer.toString(sidecar.httpPort()))
                .build();
    }

    /** @param folder empty; gets the one component file, so that the sidecar needs nothing else */
    public static RealStateStore start(Component component, Path folder) throws IOException {
        Path source = DaprComponents.folder().resolve(component.file);
        Files.copy(source, folder.resolve(source.getFileName()));
        Sidecar sidecar = Infrastructure.shared()
                .startSidecar(SidecarSpec.of(component.appId).withResources(folder));
        return new RealStateStore(component, sidecar);
    }

    public StateStore store(Duration timeout) {
        return new DaprStateStore(dapr, component.store, timeout);
    }

    public Sidecar sidecar() {
        return sidecar;
    }

    @Override
    public void close() throws Exception {
        dapr.close();
        sidecar.close();
    }
}
