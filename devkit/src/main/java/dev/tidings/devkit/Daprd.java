package dev.tidings.devkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A Dapr sidecar as a process, listening on the loopback interface only; no placement, scheduler or sentry. */
public final class Daprd implements Sidecar {

    /** Longer than the drain of daprd. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(45);

    private static final String LOOPBACK = "127.0.0.1";

    private final String appId;
    private final int httpPort;
    private final int grpcPort;
    private final ManagedProcess process;

    private Daprd(String appId, int httpPort, int grpcPort, ManagedProcess process) {
        this.appId = appId;
        this.httpPort = httpPort;
        this.grpcPort = grpcPort;
        this.process = process;
    }

    /** Starts the process without waiting, so that sidecars can start in parallel; see {@link #awaitReady()}. */
    public static Daprd start(DaprdBinary binary, SidecarSpec spec, Path logFile) {
        int httpPort = spec.httpPort().orElseGet(Ports::free);
        int grpcPort = spec.grpcPort().orElseGet(Ports::free);
        ManagedProcess process = ManagedProcess.named("daprd " + spec.appId())
                .command(command(binary.path(), spec, httpPort, grpcPort, Ports.free(), LOOPBACK))
                .withoutEnv("APP_API_TOKEN", "DAPR_API_TOKEN", "DAPR_HTTP_PORT", "DAPR_GRPC_PORT", "NAMESPACE")
                .env("DAPR_HOST_IP", LOOPBACK) // what it registers for others to find it at
                .env(spec.env())
                .log(logFile)
                .readyWhen(outboundReady(httpPort), Duration.ofSeconds(60))
                .stopGrace(STOP_GRACE)
                .start();
        return new Daprd(spec.appId(), httpPort, grpcPort, process);
    }

    static List<String> command(
            Path binary, SidecarSpec spec, int httpPort, int grpcPort, int internalGrpcPort, String listenAddress) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--app-id=" + spec.appId(),
                "--dapr-http-port=" + httpPort,
                "--dapr-grpc-port=" + grpcPort,
                "--dapr-internal-grpc-port=" + internalGrpcPort,
                "--dapr-listen-addresses=" + listenAddress,
                "--dapr-internal-grpc-listen-address=" + listenAddress,
                "--placement-host-address=",
                "--scheduler-host-address=",
                "--enable-metrics=false"));
        spec.appPort().ifPresent(port -> command.add("--app-port=" + port));
        spec.resources().forEach(folder -> command.add("--resources-path=" + folder));
        spec.config().ifPresent(file -> command.add("--config=" + file));
        new TreeMap<>(spec.options()).forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    /** The health endpoint of the sidecar needs no token. */
    private static Readiness outboundReady(int httpPort) {
        return Readiness.http(URI.create("http://127.0.0.1:" + httpPort + "/v1.0/healthz/outbound"));
    }

    public ManagedProcess process() {
        return process;
    }

    @Override
    public String appId() {
        return appId;
    }

    @Override
    public URI httpEndpoint() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    @Override
    public int httpPort() {
        return httpPort;
    }

    @Override
    public int grpcPort() {
        return grpcPort;
    }

    @Override
    public void awaitReady() {
        process.awaitReady();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void kill() {
        process.kill();
    }
}
