package dev.tidings.devkit;

import java.net.URI;

/** A running Dapr sidecar, as a process or in a container. */
public interface Sidecar extends AutoCloseable {

    String appId();

    /** For {@code DAPR_HTTP_ENDPOINT}. */
    URI httpEndpoint();

    int httpPort();

    int grpcPort();

    /** Blocks until its components are up and it takes calls; its app may still be down. */
    void awaitReady();

    /** Drains what is in flight, then ends. */
    void stop();

    /** Ends at once, as by a crash. */
    void kill();

    @Override
    default void close() {
        stop();
    }
}
