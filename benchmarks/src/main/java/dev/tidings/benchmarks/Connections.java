package dev.tidings.benchmarks;

import dev.tidings.local.topology.StackOptions;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Idle connections on one replica, each of a user of its own: what opening and keeping them costs. */
final class Connections implements Scenario {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final int IDLE_SECONDS = 60;
    private static final int WARM_UP_RATE = 300;

    /** A replica reserves open files for others than users; with fewer of these, 18 000 users fit into a limit of 20 000 files. */
    private static final Map<String, String> ROOM = Map.of(
            "TIDINGS_SOCKET_MAXCONNECTIONS", "18100",
            "TIDINGS_SOCKET_PENDINGLOGINS", "250",
            "TIDINGS_EDGE_MAXANONYMOUSCONNECTIONS", "200");

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack(StackOptions.DEFAULT_REPLICAS, ROOM);
        warmUp(stack, lab.choose(1_000, 5_000));
        int count = lab.choose(2_000, 18_000);
        int rate = lab.choose(300, 1_500);
        long pid = stack.pid(stack.replicaName(0));
        List<String> tokens = IntStream.range(0, count)
                .mapToObj(n -> stack.token("idle-" + n, Role.USER))
                .toList();
        List<Socket> open = Collections.synchronizedList(new ArrayList<>());
        HttpClient http = HttpClient.newHttpClient();
        try {
            ResultRow row = table.row("opening %d, %d/s".formatted(count, rate));
            long heapBefore = liveHeap(pid);
            long rssBefore = Proc.rssBytes(pid);
            Times connected = new Times();
            Refusals refusals = new Refusals();
            Costs costs = Costs.start(stack);
            long start = System.nanoTime();
            OpenLoop.run(rate, count, (number, due) -> {
                try {
                    open.add(Socket.open(http, stack.socket(0), tokens.get(number), (message, at) -> {}));
                    connected.since(due);
                } catch (IOException e) {
                    refusals.add(e);
                }
            });
            double seconds = (System.nanoTime() - start) / 1e9;
            costs.into(row, count);
            row.put("opened/s", open.size() / seconds).put("failed", refusals.total());
            refusals.into(table, "opening");
            connected.into(row, "to connected");

            ResultRow idle = table.row("idle");
            idle.put("KB of live heap each", (liveHeap(pid) - heapBefore) / 1024.0 / open.size())
                    .put("KB of RSS each", (Proc.rssBytes(pid) - rssBefore) / 1024.0 / open.size());
            long cpu = Proc.cpuMicros(pid);
            TimeUnit.SECONDS.sleep(lab.choose(10, IDLE_SECONDS));
            idle.put("% of a core, the replica", (Proc.cpuMicros(pid) - cpu) / 1e4 / lab.choose(10, IDLE_SECONDS))
                    .put("still open", (double)
                            open.stream().filter(Socket::isOpen).count());
        } finally {
            open.forEach(Socket::close);
            http.shutdownNow();
        }
    }

    /** Opens and closes connections, so that the code that opens them is compiled. */
    private static void warmUp(Stack stack, int count) {
        HttpClient http = HttpClient.newHttpClient();
        try {
            OpenLoop.run(WARM_UP_RATE, count, (number, due) -> {
                try {
                    Socket.open(http, stack.socket(0), stack.token("warm-up-" + number, Role.USER), (message, at) -> {})
                            .close();
                } catch (IOException e) {
                    System.err.println("  not warm: " + e.getMessage());
                }
            });
        } finally {
            http.shutdownNow();
        }
    }

    /** Bytes of the objects that a full collection leaves. */
    private static long liveHeap(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd", Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var output = jcmd.getInputStream()) {
            Matcher total = TOTAL.matcher(new String(output.readAllBytes(), StandardCharsets.UTF_8));
            if (!total.find()) {
                throw new IOException("jcmd printed no histogram of process " + pid);
            }
            return Long.parseLong(total.group(1));
        }
    }
}
