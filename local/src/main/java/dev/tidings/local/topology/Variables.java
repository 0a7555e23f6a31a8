package dev.tidings.local.topology;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.local.supervision.PrivateFile;
import dev.tidings.local.topology.StackOptions.Switch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The environment variables of services and sidecars. Safe for any thread. */
final class Variables {

    /** The file in the data folder through which the sidecars find each other. */
    static final String NAMES = "names.db";

    private final StackOptions options;
    private final PortPlan ports;
    private final Secrets secrets;
    private final CompletableFuture<TidingsDatabase> database;

    /** @param database completed when PostgreSQL is up */
    Variables(StackOptions options, Secrets secrets, CompletableFuture<TidingsDatabase> database) {
        this.options = options;
        this.ports = options.ports();
        this.secrets = secrets;
        this.database = database;
    }

    /** All variables of a service. Blocks until PostgreSQL was up once. */
    Map<String, String> of(ServiceSpec spec) {
        Map<String, String> all = new LinkedHashMap<>(withoutLogin(spec));
        all.putAll(login(spec));
        all.putAll(options.environment().getOrDefault(spec.service(), Map.of()));
        all.putAll(options.environment().getOrDefault(spec.name(), Map.of()));
        return all;
    }

    /** The variables of a process with several workers: each worker's with its name in front. */
    Map<String, String> inOneProcess(List<ServiceSpec> workers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("TIDINGS_WORKERS", workers.stream().map(ServiceSpec::name).collect(Collectors.joining(",")));
        for (ServiceSpec worker : workers) {
            String prefix = worker.app().variablePrefix();
            of(worker).forEach((name, value) -> all.put(prefix + name, value));
        }
        return all;
    }

    /** Writes the variables of the services and sidecars for a shell that starts them itself, except those in dapr.yaml. */
    void writeForShell() {
        Map<String, String> all = new TreeMap<>(ofServices());
        all.put("TIDINGS_DB_URL", database.join().backend().jdbcUrl()); // one database for all roles
        all.putAll(ofSidecars());
        all.put("TIDINGS_CLUSTER_SECRET", secrets.cluster());
        all.put("TIDINGS_ALLOWED_ORIGINS", ServiceSpecs.ALLOWED_ORIGINS);
        all.put("TIDINGS_DEMO_DATA", "true");
        all.put("TIDINGS_DEMO_SIGN_IN", "true");
        all.put("TIDINGS_PAYMENT_WEBHOOK_SECRET", secrets.paymentWebhook());
        all.put("TIDINGS_INSECURE", Boolean.toString(options.has(Switch.INSECURE)));
        PrivateFile.write(
                options.shellEnvironment(),
                all.entrySet().stream()
                        .map(entry -> "%s='%s'%n".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining()));
    }

    private Map<String, String> ofServices() {
        return Map.of(
                "TIDINGS_BIND_ADDRESS",
                Launches.LOOPBACK,
                "DAPR_API_TOKEN",
                secrets.sidecarToken(),
                "APP_API_TOKEN",
                secrets.appToken(),
                "TIDINGS_JWT_HS256_SECRET",
                secrets.jwt(),
                "TIDINGS_JWT_ISSUER",
                Secrets.ISSUER,
                "TIDINGS_JWT_AUDIENCE",
                Secrets.AUDIENCE);
    }

    /** The variables of a service that needs no database. */
    Map<String, String> withoutLogin(ServiceSpec spec) {
        Map<String, String> environment = new LinkedHashMap<>(ofServices());
        environment.putAll(spec.environment());
        environment.put("SERVER_PORT", Integer.toString(spec.port()));
        environment.put("DAPR_HTTP_PORT", Integer.toString(ports.sidecarHttp(spec.port())));
        environment.put("DAPR_GRPC_PORT", Integer.toString(ports.sidecarGrpc(spec.port())));
        return environment;
    }

    private Map<String, String> login(ServiceSpec spec) {
        TidingsDatabase.Login login = database.join().login(spec.role());
        return Map.of(
                "TIDINGS_DB_URL", login.jdbcUrl(),
                "TIDINGS_DB_USER", login.user(),
                "TIDINGS_DB_PASSWORD", login.password());
    }

    /** Blocks until PostgreSQL was up once. */
    Map<String, String> ofSidecars() {
        return DaprComponents.environment(
                Launches.LOOPBACK + ":" + ports.kafka(),
                Launches.LOOPBACK + ":" + ports.redis(),
                database.join().daprStateConnectionString(),
                options.data().resolve(NAMES));
    }
}
