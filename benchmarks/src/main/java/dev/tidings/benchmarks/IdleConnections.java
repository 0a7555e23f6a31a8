package dev.tidings.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What an idle connection costs the first replica: the live heap after a full collection, before and after so many
 * connections, each of a user of its own. The client needs as many open files as there are connections.
 */
@Command(name = "idle", mixinStandardHelpOptions = true, description = "memory of an idle connection")
final class IdleConnections implements Callable<Integer> {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @Mixin
    private Target target = new Target();

    @Option(names = "--connections", defaultValue = "10000", description = "how many (${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--parallel", defaultValue = "16", description = "handshakes at a time (${DEFAULT-VALUE})")
    private int parallel;

    @Override
    public Integer call() throws Exception {
        URI url = target.sockets().getFirst();
        long pid = target.firstReplicaPid();
        List<Socket> open = new ArrayList<>();
        HttpClient http = HttpClient.newHttpClient();
        try (ExecutorService handshakes = Executors.newFixedThreadPool(parallel)) {
            Socket.open(http, url, target.token("idle-warm-up"), (message, at) -> {})
                    .close();
            Memory before = Memory.of(pid);
            long start = System.nanoTime();
            List<Future<Socket>> futures = IntStream.range(0, connections)
                    .mapToObj(n -> handshakes.submit(
                            () -> Socket.open(http, url, target.token("idle-" + n), (message, at) -> {})))
                    .toList();
            for (Future<Socket> future : futures) {
                open.add(future.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Memory after = Memory.of(pid);
            long alive = open.stream().filter(Socket::isOpen).count();
            System.out.printf(
                    Locale.ROOT,
                    "%d idle connections on one replica, opened in %.1f s (%.0f/s), %d still open%n",
                    connections,
                    seconds,
                    connections / seconds,
                    alive);
            System.out.printf(
                    Locale.ROOT,
                    "  live heap %.1f MB -> %.1f MB: %.1f KB each%n",
                    before.liveHeap / 1e6,
                    after.liveHeap / 1e6,
                    (after.liveHeap - before.liveHeap) / 1024.0 / connections);
            System.out.printf(
                    Locale.ROOT,
                    "  RSS       %.1f MB -> %.1f MB: %.1f KB each%n",
                    before.rss / 1e6,
                    after.rss / 1e6,
                    (after.rss - before.rss) / 1024.0 / connections);
            return alive == connections ? 0 : 1;
        } finally {
            http.shutdownNow(); // with all sockets; close() would wait for them
        }
    }

    /** Bytes of live objects (a class histogram collects garbage first) and of resident memory. */
    private record Memory(long liveHeap, long rss) {
        static Memory of(long pid) throws IOException {
            String histogram =
                    output(System.getProperty("java.home") + "/bin/jcmd", Long.toString(pid), "GC.class_histogram");
            String status = output("cat", "/proc/" + pid + "/status");
            return new Memory(first(TOTAL, histogram), first(RSS, status) * 1024);
        }

        private static long first(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) {
                throw new IllegalStateException(
                        "no '" + pattern + "' in: " + text.lines().limit(5).toList());
            }
            return Long.parseLong(matcher.group(1));
        }

        private static String output(String... command) throws IOException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
