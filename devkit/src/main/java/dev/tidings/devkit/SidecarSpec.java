package dev.tidings.devkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a sidecar is told. Values never change: each {@code with} method returns a new specification.
 *
 * @param appPort empty for a sidecar that only sends
 * @param httpPort a free one when empty, as the other ports of the sidecar
 * @param metricsPort no metrics when empty
 * @param resources folders of component files; daprd reads neither subfolders nor single files
 * @param env on top of the inherited environment
 * @param options further options of daprd, without the leading dashes
 */
public record SidecarSpec(
        String appId,
        OptionalInt appPort,
        OptionalInt httpPort,
        OptionalInt grpcPort,
        OptionalInt internalGrpcPort,
        OptionalInt metricsPort,
        List<Path> resources,
        Optional<Path> config,
        Map<String, String> env,
        Map<String, String> options) {

    public SidecarSpec {
        resources = List.copyOf(resources);
        env = Map.copyOf(env);
        options = Map.copyOf(options);
    }

    /** A sidecar without an app, with ports picked freely and no components. */
    public static SidecarSpec of(String appId) {
        OptionalInt none = OptionalInt.empty();
        return new SidecarSpec(appId, none, none, none, none, none, List.of(), Optional.empty(), Map.of(), Map.of());
    }

    public SidecarSpec withAppPort(int port) {
        return ports(OptionalInt.of(port), httpPort, grpcPort, internalGrpcPort, metricsPort);
    }

    public SidecarSpec withHttpPort(int port) {
        return ports(appPort, OptionalInt.of(port), grpcPort, internalGrpcPort, metricsPort);
    }

    public SidecarSpec withGrpcPort(int port) {
        return ports(appPort, httpPort, OptionalInt.of(port), internalGrpcPort, metricsPort);
    }

    public SidecarSpec withInternalGrpcPort(int port) {
        return ports(appPort, httpPort, grpcPort, OptionalInt.of(port), metricsPort);
    }

    public SidecarSpec withMetricsPort(int port) {
        return ports(appPort, httpPort, grpcPort, internalGrpcPort, OptionalInt.of(port));
    }

    public SidecarSpec withResources(Path... folders) {
        return new SidecarSpec(
                appId,
                appPort,
                httpPort,
                grpcPort,
                internalGrpcPort,
                metricsPort,
                List.of(folders),
                config,
                env,
                options);
    }

    public SidecarSpec withConfig(Path file) {
        return new SidecarSpec(
                appId,
                appPort,
                httpPort,
                grpcPort,
                internalGrpcPort,
                metricsPort,
                resources,
                Optional.of(file),
                env,
                options);
    }

    public SidecarSpec withEnv(String name, String value) {
        return withEnv(Map.of(name, value));
    }

    /** Adds to what is there; the new values win. */
    public SidecarSpec withEnv(Map<String, String> more) {
        return new SidecarSpec(
                appId,
                appPort,
                httpPort,
                grpcPort,
                internalGrpcPort,
                metricsPort,
                resources,
                config,
                merged(env, more),
                options);
    }

    /** Any option of daprd, for instance {@code ("app-max-concurrency", "4")}. */
    public SidecarSpec withOption(String name, String value) {
        return new SidecarSpec(
                appId,
                appPort,
                httpPort,
                grpcPort,
                internalGrpcPort,
                metricsPort,
                resources,
                config,
                env,
                merged(options, Map.of(name, value)));
    }

    /** Without it the group is the app id. */
    public SidecarSpec withConsumerGroup(String group) {
        return withEnv(DaprComponents.KAFKA_CONSUMER_GROUP, group);
    }

    /** Sent to the app as header {@code dapr-api-token} with every callback. */
    public SidecarSpec withAppToken(String token) {
        return withEnv("APP_API_TOKEN", token);
    }

    /** Demanded of whoever calls the sidecar. */
    public SidecarSpec withApiToken(String token) {
        return withEnv("DAPR_API_TOKEN", token);
    }

    /** How long calls in flight may take after SIGTERM. */
    public SidecarSpec withGracefulShutdown(Duration drain) {
        return withOption("dapr-graceful-shutdown-seconds", Long.toString(drain.toSeconds()));
    }

    /** Takes calls of the app that long after SIGTERM; no new messages come meanwhile. */
    public SidecarSpec withBlockShutdown(Duration atMost) {
        return withOption("dapr-block-shutdown-duration", atMost.toSeconds() + "s");
    }

    public SidecarSpec withLogLevel(String level) {
        return withOption("log-level", level);
    }

    private SidecarSpec ports(
            OptionalInt app, OptionalInt http, OptionalInt grpc, OptionalInt internalGrpc, OptionalInt metrics) {
        return new SidecarSpec(appId, app, http, grpc, internalGrpc, metrics, resources, config, env, options);
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
