package dev.tidings.benchmarks;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A replica is stopped, as by a rollout, and then killed, as with its node. Its clients, each behind by some events meanwhile, reconnect
 * to the other replica with their cursors, while events for other users go on there.
 */
final class Storm implements Scenario {
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");
    private static final int BEHIND = 20;
    private static final int EVENTS_PER_SECOND = 200;

    /** Clients reconnect after a random time up to this one (docs/protocol.md). */
    private static final int JITTER_MILLIS = 3_000;

    private static final int PATIENCE_SECONDS = 120;
    private static final int CONNECTS_PER_SECOND = 200;
    private static final int CONNECT_ATTEMPTS = 20;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        run(lab, new Table(), lab.choose(1_000, 3_000), "warm-up", lab.stack()::stopReplica);
        int clients = lab.choose(1_000, 10_000);
        run(lab, table, clients, "replica stopped", lab.stack()::stopReplica);
        run(lab, table, clients, "replica killed", lab.stack()::killReplica);
        table.remark(
                "The costs are for each client that came back, the events of the other users included. Kafka notices after 6 s"
                        + " (sessionTimeout) that a sidecar was killed; its partitions wait until then.");
    }

    private static void run(Lab lab, Table table, int clients, String name, IntConsumer lose) throws Exception {
        Stack stack = lab.stack();
        String prefix = "storm-" + System.nanoTime() + "-";
        HttpClient http = HttpClient.newHttpClient();
        try (Screens others = Screens.open(stack, "calm", 100, 1, 1);
                PushScenario.Publisher publisher = new PushScenario.Publisher(stack)) {
            List<Client> all = connect(stack, http, prefix, clients);
            lose.accept(0);
            addEvents(stack, prefix, clients);
            long lost = others.closed(); // on the replica; nothing is sent to their users

            ResultRow row = table.row(clients + " clients, " + name);
            Costs costs = Costs.start(stack);
            int seconds = lab.choose(10, 30);
            ReceivedMessages deliveries = others.expect(EVENTS_PER_SECOND * seconds);
            CountDownLatch live = new CountDownLatch(all.size());
            Refusals refusals = new Refusals();
            long start = System.nanoTime();
            all.forEach(client -> Thread.ofVirtual().start(() -> client.comeBack(stack, http, live, refusals)));
            OpenLoop.pace(EVENTS_PER_SECOND, EVENTS_PER_SECOND * seconds, (number, due) -> {
                deliveries.due(number, due);
                deliveries.expect();
                publisher.publish(others.user(2 * number), deliveries.title(number));
            });
            live.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            long last = all.stream().mapToLong(client -> client.liveAt).max().orElse(start);
            row.put("seconds until the last is live", (last - start) / 1e9)
                    .put("clients that are not live", (double) live.getCount())
                    .put("refused attempts", refusals.total())
                    .put("events missing", deliveries.awaitAll(30))
                    .put("other users' sockets closed meanwhile", others.closed() - lost);
            deliveries.times().into(row, "other users' screens");
            costs.into(row, clients);
            refusals.into(table, name);
        } finally {
            http.shutdownNow();
            stack.startReplica(0);
        }
    }

    private static List<Client> connect(Stack stack, HttpClient http, String prefix, int clients) {
        List<Client> all = Collections.synchronizedList(new ArrayList<>());
        OpenLoop.run(CONNECTS_PER_SECOND, clients, (number, due) -> {
            Client client = new Client(stack.token(prefix + number, Role.USER));
            for (int attempt = 0; attempt < CONNECT_ATTEMPTS; attempt++) {
                try {
                    client.cursor = first(CURSOR, Socket.greeting(http, stack.socket(0), client.token));
                    all.add(client);
                    return;
                } catch (IOException refused) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                }
            }
            System.err.println("  a client did not connect");
        });
        return all;
    }

    /** Adds events to the log as if the other replica had ingested them. */
    private static void addEvents(Stack stack, String prefix, int clients) throws Exception {
        try (Connection database = stack.system().database().superuser().connect()) {
            update(database, """
                    INSERT INTO delivery.stream (name, last_number, last_timestamp)
                    SELECT 'user:' || ? || n, ?, extract(epoch FROM now()) * 1000 FROM generate_series(0, ?) n
                    ON CONFLICT (name) DO UPDATE SET last_number = EXCLUDED.last_number""", prefix, BEHIND, clients - 1);
            update(database, """
                    INSERT INTO delivery.business_event_log (event_type, event_data, timestamp, user_id, source, event_id, stream,
                        number, message_type, recipients)
                    SELECT 'notification.created', '{"title": "while you were away"}', extract(epoch FROM now()) * 1000, who,
                        'notification-service', gen_random_uuid(), 'user:' || who, number, 'notification', ARRAY[who]
                    FROM (SELECT ? || n AS who, number FROM generate_series(1, ?) number, generate_series(0, ?) n) events""", prefix, BEHIND, clients - 1);
        }
    }

    private static void update(Connection database, String sql, String prefix, int behind, int last) throws Exception {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, prefix);
            statement.setInt(2, behind);
            statement.setInt(3, last);
            statement.executeUpdate();
        }
    }

    private static String first(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** A client that remembers its cursor. */
    private static final class Client {
        private final String token;
        private final AtomicInteger received = new AtomicInteger();
        private final AtomicBoolean live = new AtomicBoolean();
        private volatile String cursor = "";
        private volatile long liveAt;

        private Client(String token) {
            this.token = token;
        }

        private void comeBack(Stack stack, HttpClient http, CountDownLatch all, Refusals refusals) {
            while (!live.get()) {
                try {
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(JITTER_MILLIS));
                    Socket.open(http, URI.create(stack.socket(1) + "?cursor=" + cursor), token, (message, at) -> {
                        if (received.incrementAndGet() == BEHIND && live.compareAndSet(false, true)) {
                            liveAt = at;
                            all.countDown();
                        }
                    });
                    return;
                } catch (IOException e) {
                    refusals.add(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
