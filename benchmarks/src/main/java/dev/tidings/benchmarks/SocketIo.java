package dev.tidings.benchmarks;

import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Ports;
import dev.tidings.devkit.Readiness;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * The job of Tidings done by Socket.IO ({@code benchmarks/peers/socketio}) on the same infrastructure: a row in PostgreSQL, an event
 * on Kafka, a message on two sockets at two nodes.
 */
final class SocketIo implements Scenario {
    private static final int USERS = 200;
    private static final int NODES = 2;
    private static final int PARTITIONS = 3;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        lab.close();
        Path peer = lab.checkout().resolve("benchmarks/peers/socketio").toAbsolutePath();
        if (!Files.isDirectory(peer.resolve("node_modules"))) {
            table.remark(
                    "Not measured: Node.js is missing, so benchmarks/run did not install the packages of the peer.");
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
                nodes.add(node(peer, infrastructure, lab.folder().resolve("logs/socketio-" + n + ".log")));
            }
            List<URI> addresses = nodes.stream().map(SocketIo::address).toList();
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

    private static ManagedProcess node(Path peer, LocalStack infrastructure, Path log) {
        int port = Ports.free();
        String database = infrastructure.database().superuser().jdbcUrl().replace("jdbc:postgresql://", "");
        return ManagedProcess.named("socketio:" + port)
                .command("node", peer.resolve("server.mjs").toString())
                .env("PORT", Integer.toString(port))
                .env("DATABASE_URL", "postgres://postgres@" + database)
                .env("REDIS_URL", "redis://" + infrastructure.redisAddress())
                .env("KAFKA", infrastructure.kafkaBootstrap())
                .env("NODE_ENV", "production")
                .log(log)
                .readyWhen(Readiness.logLine("listening"), Duration.ofMinutes(2))
                .start()
                .awaitReady();
    }

    private static URI address(ManagedProcess node) {
        return URI.create(
                "http://127.0.0.1:" + node.name().substring(node.name().indexOf(':') + 1));
    }

    private static void step(
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
        List<URI> addresses = nodes.stream().map(SocketIo::address).toList();
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

    private static Map<String, Long> cpu(LocalStack infrastructure, List<ManagedProcess> nodes) {
        Map<String, Long> cpu = new LinkedHashMap<>();
        infrastructure.parts().forEach(part -> part.pid().ifPresent(pid -> cpu.put(part.name(), Proc.cpuMicros(pid))));
        cpu.put(
                "Node.js",
                nodes.stream().mapToLong(node -> Proc.cpuMicros(node.pid())).sum());
        cpu.put(Costs.GENERATOR, Proc.cpuOfOne(ProcessHandle.current().pid()));
        return cpu;
    }

    /** Sockets of the users in the protocol of Engine.IO 4, one at each node. */
    private static final class Sockets {
        private volatile @Nullable ReceivedMessages current;

        void open(HttpClient http, List<URI> nodes) throws InterruptedException {
            CountDownLatch joined = new CountDownLatch(USERS * nodes.size());
            for (int user = 0; user < USERS; user++) {
                for (URI node : nodes) {
                    URI socket = URI.create("ws" + node.toString().substring("http".length())
                            + "/socket.io/?EIO=4&transport=websocket");
                    String login = "40{\"user\":\"user-" + user + "\"}";
                    http.newWebSocketBuilder()
                            .buildAsync(socket, listener(login, joined))
                            .join();
                }
            }
            if (!joined.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(joined.getCount() + " sockets of Socket.IO did not connect");
            }
        }

        private Listener listener(String login, CountDownLatch joined) {
            return new Listener() {
                private final StringBuilder text = new StringBuilder();

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

                // The first digit is the kind of packet: open, ping, and message with its own kind: connect or event.
                private void received(WebSocket socket, String packet, long at) {
                    ReceivedMessages deliveries = current;
                    if (packet.startsWith("0")) {
                        var _ = socket.sendText(login, true);
                    } else if (packet.startsWith("2")) {
                        var _ = socket.sendText("3", true);
                    } else if (packet.startsWith("40")) {
                        joined.countDown();
                    } else if (packet.startsWith("42") && deliveries != null) {
                        deliveries.arrived(packet, at);
                    }
                }
            };
        }
    }
}
