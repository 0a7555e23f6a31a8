package dev.tidings.systemtests.stack;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.Daprd;
import dev.tidings.devkit.DaprdBinary;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.local.topology.LocalStack;
import java.net.URI;
import java.nio.file.Path;

/** Somebody else's service: an app id of its own, a sidecar with the components meant for it, and nothing of ours. */
public final class ForeignApp implements AutoCloseable {

    public static final String APP_ID = "foreign-service";

    private final Daprd sidecar;
    private final String pubsub;

    private ForeignApp(Daprd sidecar, String pubsub) {
        this.sidecar = sidecar;
        this.pubsub = pubsub;
    }

    /** @param components the Dapr files that admit it */
    public static ForeignApp start(LocalStack stack, Path folder, String appId, String pubsub, Path components) {
        return start(stack, appId, pubsub, components, folder.resolve("foreign-names.db"));
    }

    /** @param names the file in which its sidecar finds others; the one of our apps lets it call them */
    static ForeignApp start(LocalStack stack, String appId, String pubsub, Path components, Path names) {
        SidecarSpec spec = SidecarSpec.of(appId)
                .withResources(components)
                .withConfig(components.resolve("config.yaml"))
                .withEnv(DaprComponents.environment(
                        stack.kafkaBootstrap(),
                        stack.redisAddress(),
                        stack.database().daprStateConnectionString(),
                        names));
        Daprd sidecar =
                Daprd.start(DaprdBinary.locate(_ -> {}), spec, stack.logs().resolve("foreign-" + appId + "-daprd.log"));
        sidecar.awaitReady();
        return new ForeignApp(sidecar, pubsub);
    }

    public Publisher publisher() {
        return new Publisher(sidecar.httpEndpoint(), "", pubsub);
    }

    /** Where its sidecar takes calls to a path of another app (Dapr service invocation). */
    public URI invocation(String targetAppId, String path) {
        return URI.create("%s/v1.0/invoke/%s/method%s".formatted(sidecar.httpEndpoint(), targetAppId, path));
    }

    /** Of its sidecar's HTTP API. */
    public int port() {
        return sidecar.httpPort();
    }

    @Override
    public void close() {
        sidecar.stop();
    }
}
