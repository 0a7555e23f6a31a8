package dev.tidings.devkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of a sidecar. Immutable: each {@code with} method returns a new specification.
 *
 * @param appPort empty for a sidecar without an app
 * @param httpPort empty for a free port, as for the gRPC port
 * @param resources folders of component files; daprd reads neither subfolders nor single files
 * @param env variables in addition to the inherited environment
 * @param options further options of daprd, without leading dashes
 */
public record SidecarSpec(
        String appId,
        OptionalInt appPort,
        OptionalInt httpPort,
        OptionalInt grpcPort,
        List<Path> resources,
        Optional<Path> config,
        Map<String, String> env,
        Map<String, String> options) {

    public SidecarSpec {
        resources = List.copyOf(resources);
        env = Map.copyOf(env);
        options = Map.copyOf(options);
    }

    /** Returns a specification without an app and components, with free ports. */
    public static SidecarSpec of(String appId) {
        OptionalInt none = OptionalInt.empty();
        return new SidecarSpec(appId, none, none, none, List.of(), Optional.empty(), Map.of(), Map.of());
    }

    public SidecarSpec withAppPort(int port) {
        return new SidecarSpec(appId, OptionalInt.of(port), httpPort, grpcPort, resources, config, env, options);
    }

    public SidecarSpec withHttpPort(int port) {
        return new SidecarSpec(appId, appPort, OptionalInt.of(port), grpcPort, resources, config, env, options);
    }

    public SidecarSpec withGrpcPort(int port) {
        return new SidecarSpec(appId, appPort, httpPort, OptionalInt.of(port), resources, config, env, options);
    }

    public SidecarSpec withResources(Path... folders) {
        return new SidecarSpec(appId, appPort, httpPort, grpcPort, List.of(folders), config, env, options);
    }

    public SidecarSpec withConfig(Path file) {
        return new SidecarSpec(appId, appPort, httpPort, grpcPort, resources, Optional.of(file), env, options);
    }

    public SidecarSpec withEnv(String name, String value) {
        return withEnv(Map.of(name, value));
    }

    /** Adds variables and replaces existing ones. */
    public SidecarSpec withEnv(Map<String, String> more) {
        return new SidecarSpec(appId, appPort, httpPort, grpcPort, resources, config, merged(env, more), options);
    }

    /** Sets an option of daprd, for instance {@code ("app-max-concurrency", "4")}. */
    public SidecarSpec withOption(String name, String value) {
        Map<String, String> all = merged(options, Map.of(name, value));
        return new SidecarSpec(appId, appPort, httpPort, grpcPort, resources, config, env, all);
    }

    /** Sets the consumer group, by default the app id. */
    public SidecarSpec withConsumerGroup(String group) {
        return withEnv(DaprComponents.KAFKA_CONSUMER_GROUP, group);
    }

    /** Sets how many bytes Kafka gathers before it answers a fetch, for at most half a second; by default 1. */
    public SidecarSpec withFetchMinBytes(int bytes) {
        return withEnv(DaprComponents.KAFKA_FETCH_MIN_BYTES, Integer.toString(bytes));
    }

    /** Sets the token that the sidecar sends to the app as header {@code dapr-api-token} with each callback. */
    public SidecarSpec withAppToken(String token) {
        return withEnv("APP_API_TOKEN", token);
    }

    /** Sets the token that callers of the sidecar must send. */
    public SidecarSpec withApiToken(String token) {
        return withEnv("DAPR_API_TOKEN", token);
    }

    /** Sets the time limit of calls in flight after SIGTERM. */
    public SidecarSpec withGracefulShutdown(Duration drain) {
        return withOption("dapr-graceful-shutdown-seconds", Long.toString(drain.toSeconds()));
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
