package dev.tidings.devkit;

import java.net.URI;

/** A running Dapr sidecar, as a process or in a container. */
public interface Sidecar extends AutoCloseable {

    String appId();

    /** Returns the value of {@code DAPR_HTTP_ENDPOINT}. */
    URI httpEndpoint();

    int httpPort();

    int grpcPort();

    /** Blocks until the components are up and the sidecar accepts calls; the app may still be down. */
    void awaitReady();

    /** Drains requests in flight, then stops. */
    void stop();

    /** Kills the sidecar, as a crash does. */
    void kill();

    @Override
    default void close() {
        stop();
    }
}
