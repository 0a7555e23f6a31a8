package dev.tidings.websocket.cluster.store;

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

/** The registry's store as it is in production: a component file of the project behind a real sidecar. */
public final class RealStore implements AutoCloseable {
    public static final String REDIS = "statestore-registry.yaml";
    public static final String POSTGRESQL = "alternatives/statestore-registry-postgresql.yaml";

    private final Sidecar sidecar;
    private final DaprClient dapr;

    private RealStore(Sidecar sidecar) {
        this.sidecar = sidecar;
        this.dapr = new DaprClientBuilder()
                .withPropertyOverride(Properties.GRPC_PORT, Integer.toString(sidecar.grpcPort()))
                .withPropertyOverride(Properties.HTTP_PORT, Integer.toString(sidecar.httpPort()))
                .build();
    }

    /** @param folder empty; gets the one component file, so that the sidecar needs nothing else */
    public static RealStore start(String componentFile, Path folder) throws IOException {
        Path source = DaprComponents.folder().resolve(componentFile);
        Files.copy(source, folder.resolve(source.getFileName()));
        return new RealStore(Infrastructure.shared()
                .startSidecar(SidecarSpec.of("websocket-service").withResources(folder)));
    }

    public StateStore store(Duration timeout) {
        return new DaprStateStore(dapr, "registry", timeout);
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
