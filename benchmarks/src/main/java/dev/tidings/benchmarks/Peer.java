package dev.tidings.benchmarks;

import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Ports;
import dev.tidings.local.supervision.Folders;
import dev.tidings.local.supervision.StackEvents;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocket.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * The job of Tidings done by another system ({@code benchmarks/peers}) on the same infrastructure: a row in PostgreSQL, an event on Kafka,
 * a message on two sockets at two nodes. Subclasses say how a node is started and how its sockets speak.
 */
abstract class Peer implements Scenario {
    private static final int USERS = 200;
    private static final int NODES = 2;
    private static final int PARTITIONS = 3;

    private final String name;
    private final String runtime;

    /**
     * @param name of the scenario
     * @param runtime what its nodes run on, for the table
     */
    Peer(String name, String runtime) {
        this.name = name;
        this.runtime = runtime;
    }

    /** Returns what {@code benchmarks/run} builds for the peer. Without it the peer is not measured. */
    abstract Path built(Path checkout);

    /** Adds the command of a node and when it is ready. {@code PORT}, {@code KAFKA} and {@code REDIS_URL} are set. */
    abstract ManagedProcess.Builder node(ManagedProcess.Builder process, Path checkout, LocalStack infrastructure);

    /** The path of the WebSockets of a node. */
    abstract String socketPath();

    /** What a client sends first; null if the server begins. */
    abstract @Nullable String greeting();

    /** What a packet of the server means. */
    abstract Meaning meaning(String user, String packet);

    /**
     * The meaning of a packet.
     *
     * @param reply what the client answers; null if nothing
     * @param joined whether the client receives its events from now on
     * @param event whether the packet contains an event
     */
    record Meaning(@Nullable String reply, boolean joined, boolean event) {
        static final Meaning NOTHING = new Meaning(null, false, false);
        static final Meaning EVENT = new Meaning(null, false, true);
    }

    @Override
    public void run(Lab lab, Table table) throws Exception {
        lab.close();
        Path checkout = lab.checkout().toAbsolutePath();
        if (!Files.exists(built(checkout))) {
            table.remark("Not measured: benchmarks/run could not build the peer, " + built(checkout) + " is missing.");
            return;
        }
        Folders.delete(lab.folder().resolve("data"));
        StackOptions options = StackOptions.isolated(lab.checkout(), lab.folder())
                .with(Switch.IMAGE_FLAGS)
                .with(Switch.WITHOUT_SERVICES);
        List<ManagedProcess> nodes = new ArrayList<>();
        LocalStack infrastructure = new LocalStack(options, StackEvents.toStandardError());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            nodes.forEach(ManagedProcess::kill);
                            infrastructure.close();
                        },
                        "stop the peer"));
        HttpClient http = HttpClient.newHttpClient();
        try {
            infrastructure.start();
            prepare(infrastructure);
            for (int n = 0; n < NODES; n++) {
                nodes.add(start(checkout, infrastructure, lab.folder().resolve("logs/%s-%d.log".formatted(name, n))));
            }
            List<URI> addresses = nodes.stream().map(Peer::address).toList();
            Sockets sockets = new Sockets();
            sockets.open(http, addresses);
            for (int rate : lab.isQuick() ? List.of(50, 100, 200) : List.of(50, 100, 200, 300, 500, 1000)) {
                step(infrastructure, nodes, sockets, new ResultRow(), rate, lab.choose(5, 10)); // warms up
                step(infrastructure, nodes, sockets, table.row(rate + "/s"), rate, lab.choose(10, 30));
            }
        } finally {
            http.shutdownNow();
            nodes.forEach(ManagedProcess::stop);
            infrastructure.close();
        }
    }

    private static void prepare(LocalStack infrastructure) throws Exception {
        try (Connection connection = infrastructure.database().superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE public.peer_task (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id TEXT NOT NULL,
                        title TEXT NOT NULL, created_at TIMESTAMPTZ NOT NULL DEFAULT now())""");
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()))) {
            admin.createTopics(List.of(new NewTopic("peer-tasks", PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private ManagedProcess start(Path checkout, LocalStack infrastructure, Path log) {
        int port = Ports.free();
        ManagedProcess.Builder process = ManagedProcess.named(name + ":" + port)
                .env("PORT", Integer.toString(port))
                .env("REDIS_URL", "redis://" + infrastructure.redisAddress())
                .env("KAFKA", infrastructure.kafkaBootstrap())
                .log(log);
        return node(process, checkout, infrastructure).start().awaitReady();
    }

    private static URI address(ManagedProcess node) {
        return URI.create(
                "http://127.0.0.1:" + node.name().substring(node.name().indexOf(':') + 1));
    }

    private void step(
            LocalStack infrastructure,
            List<ManagedProcess> nodes,
            Sockets sockets,
            ResultRow row,
            int rate,
            int seconds)
            throws InterruptedException {
        ReceivedMessages deliveries = new ReceivedMessages(rate * seconds, NODES);
        sockets.current = deliveries;
        Map<String, Long> before = cpu(infrastructure, nodes);
        List<URI> addresses = nodes.stream().map(Peer::address).toList();
        long created = TaskLoad.run(
                row,
                deliveries,
                rate,
                seconds,
                (number, title) -> TaskLoad.post(
                        addresses.get(number % NODES).resolve("/tasks"),
                        "{\"user\":\"user-%d\",\"title\":\"%s\"}".formatted(number % USERS, title)));
        double all = 0;
        for (Map.Entry<String, Long> after : cpu(infrastructure, nodes).entrySet()) {
            double each = (after.getValue() - before.getOrDefault(after.getKey(), 0L)) / (double) Math.max(1, created);
            row.put("CPU µs " + after.getKey(), each);
            all += after.getKey().equals(Costs.GENERATOR) ? 0 : each;
        }
        row.put(Costs.ALL_PARTS, all / 1_000);
    }

    private Map<String, Long> cpu(LocalStack infrastructure, List<ManagedProcess> nodes) {
        Map<String, Long> cpu = new LinkedHashMap<>();
        infrastructure.parts().forEach(part -> part.pid().ifPresent(pid -> cpu.put(part.name(), Proc.cpuMicros(pid))));
        cpu.put(
                runtime,
                nodes.stream().mapToLong(node -> Proc.cpuMicros(node.pid())).sum());
        cpu.put(Costs.GENERATOR, Proc.cpuOfOne(ProcessHandle.current().pid()));
        return cpu;
    }

    /** Sockets of the users, one at each node. */
    private final class Sockets {
        private volatile @Nullable ReceivedMessages current;

        void open(HttpClient http, List<URI> nodes) throws InterruptedException {
            CountDownLatch joined = new CountDownLatch(USERS * nodes.size());
            for (int user = 0; user < USERS; user++) {
                for (URI node : nodes) {
                    URI socket = URI.create("ws" + node.toString().substring("http".length()) + socketPath());
                    http.newWebSocketBuilder()
                            .buildAsync(socket, listener("user-" + user, joined))
                            .join();
                }
            }
            if (!joined.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(joined.getCount() + " sockets of " + name + " did not connect");
            }
        }

        private Listener listener(String user, CountDownLatch joined) {
            return new Listener() {
                private final StringBuilder text = new StringBuilder();
                private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

                @Override
                public void onOpen(WebSocket socket) {
                    send(socket, greeting());
                    socket.request(1);
                }

                @Override
                public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                    text.append(data);
                    if (last) {
                        received(socket, text.toString(), System.nanoTime());
                        text.setLength(0);
                    }
                    socket.request(1);
                    return null;
                }

                private void received(WebSocket socket, String packet, long at) {
                    Meaning meaning = meaning(user, packet);
                    ReceivedMessages deliveries = current;
                    if (meaning.event() && deliveries != null) {
                        deliveries.arrived(packet, at);
                    }
                    send(socket, meaning.reply());
                    if (meaning.joined()) {
                        joined.countDown();
                    }
                }

                /** A socket takes one message at a time. */
                private void send(WebSocket socket, @Nullable String packet) {
                    if (packet != null) {
                        sent = sent.thenCompose(_ -> socket.sendText(packet, true));
                    }
                }
            };
        }
    }
}
