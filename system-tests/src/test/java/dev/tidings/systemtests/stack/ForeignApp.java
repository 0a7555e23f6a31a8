package dev.tidings.systemtests.stack;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.Daprd;
import dev.tidings.devkit.DaprdBinary;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.local.LocalStack;
import java.nio.file.Path;

/** Somebody else's service: an app id of its own, a sidecar with the components meant for it, and nothing of ours. */
public final class ForeignApp implements AutoCloseable {

    public static final String APP_ID = "foreign-service";

    private final Daprd sidecar;

    private ForeignApp(Daprd sidecar) {
        this.sidecar = sidecar;
    }

    static ForeignApp start(LocalStack stack, Path folder) {
        SidecarSpec spec = SidecarSpec.of(APP_ID)
                .withResources(DaprComponents.folder())
                .withConfig(DaprComponents.folder().resolve("config.yaml"))
                .withEnv(DaprComponents.environment(
                        stack.kafkaBootstrap(),
                        stack.redisAddress(),
                        stack.database().daprStateConnectionString(),
                        folder.resolve("foreign-names.db")));
        Daprd sidecar =
                Daprd.start(DaprdBinary.locate(_ -> {}), spec, stack.logs().resolve(APP_ID + "-daprd.log"));
        sidecar.awaitReady();
        return new ForeignApp(sidecar);
    }

    public Publisher publisher() {
        return new Publisher(sidecar.httpEndpoint(), "", "pubsub-foreign");
    }

    @Override
    public void close() {
        sidecar.stop();
    }
}
