package dev.tidings.local.topology;

import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.topology.App;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes of the services of a stack; none if it starts only the infrastructure. */
final class ServiceSpecs {

    /** Pages on this machine, on any port. */
    static final String ALLOWED_ORIGINS = "http://localhost:*,http://127.0.0.1:*";

    /** The publishers of notifications with the examples; the topology has all but the last. */
    private static final String NOTIFIERS_WITH_EXAMPLES = "backend,notification-service,foreign-service,announcements";

    private final StackOptions options;
    private final PortPlan ports;
    private final Secrets secrets;

    ServiceSpecs(StackOptions options, Secrets secrets) {
        this.options = options;
        this.ports = options.ports();
        this.secrets = secrets;
    }

    List<ServiceSpec> all() {
        return Stream.of(backendAndReplicas(), workers()).flatMap(List::stream).toList();
    }

    List<ServiceSpec> backendAndReplicas() {
        return options.services()
                ? Stream.concat(
                                Stream.of(backend()),
                                IntStream.rangeClosed(1, options.replicas()).mapToObj(this::replica))
                        .toList()
                : List.of();
    }

    List<ServiceSpec> workers() {
        return options.services()
                ? options.workers().stream()
                        .map(worker -> worker(worker, worker.id(), ports.worker(worker)))
                        .toList()
                : List.of();
    }

    static ServiceSpec worker(App worker, String name, int port) {
        return new ServiceSpec(name, worker, port, "96m", Map.of("TIDINGS_WORKER", worker.id()));
    }

    private ServiceSpec backend() {
        Map<String, String> environment = Map.of(
                "TIDINGS_ALLOWED_ORIGINS",
                ALLOWED_ORIGINS,
                "TIDINGS_DEMO_DATA",
                "true",
                "TIDINGS_DEMO_SIGN_IN",
                "true",
                "TIDINGS_SOCKET_URL",
                LocalStack.socketAt(ports.websocketService(1)).toString(),
                "TIDINGS_PAYMENT_WEBHOOK_SECRET",
                secrets.paymentWebhook());
        return new ServiceSpec(LocalStack.BACKEND, App.BACKEND, ports.backend(), "256m", environment);
    }

    private ServiceSpec replica(int replica) {
        String name = LocalStack.replicaName(replica);
        int internalPort = ports.websocketInternal(replica);
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "TIDINGS_REPLICA_NAME",
                name,
                "TIDINGS_INTERNAL_PORT",
                Integer.toString(internalPort),
                "TIDINGS_INTERNAL_ADDRESS",
                Launches.LOOPBACK + ":" + internalPort,
                "TIDINGS_CLUSTER_SECRET",
                secrets.cluster(),
                "TIDINGS_ALLOWED_ORIGINS",
                ALLOWED_ORIGINS,
                "TIDINGS_INSECURE",
                Boolean.toString(options.has(Switch.INSECURE))));
        if (options.has(Switch.EXAMPLES)) {
            environment.put("TIDINGS_ROUTES_NOTIFICATIONS_PUBLISHERS", NOTIFIERS_WITH_EXAMPLES);
        }
        return new ServiceSpec(name, App.WEBSOCKET_SERVICE, ports.websocketService(replica), "512m", environment);
    }
}
