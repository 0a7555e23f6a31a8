package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Users with an open connection each, spread over the replicas, and what arrived there. Safe for any thread. */
final class Screens {
    private static final Pattern TITLE = Pattern.compile("\"title\":\\s*\"load (\\d+)\"");

    private final List<String> tokens = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<Integer, Long> arrivedAt = new ConcurrentHashMap<>();

    private Screens() {}

    static Screens open(HttpClient http, Target target, int users) throws IOException {
        Screens screens = new Screens();
        List<URI> replicas = target.sockets();
        for (int n = 0; n < users; n++) {
            String token =
                    target.token("load-%d-%d".formatted(ProcessHandle.current().pid(), n));
            screens.tokens.add(token);
            screens.sockets.add(Socket.open(http, replicas.get(n % replicas.size()), token, screens::arrived));
        }
        return screens;
    }

    static String title(int number) {
        return "load " + number;
    }

    String tokenFor(int number) {
        return tokens.get(number % tokens.size());
    }

    void sent(int number, long at) {
        sentAt.put(number, at);
    }

    private void arrived(String message, long at) {
        Matcher title = TITLE.matcher(message);
        if (title.find()) {
            arrivedAt.putIfAbsent(Integer.parseInt(title.group(1)), at);
        }
    }

    Set<Integer> missing(Set<Integer> numbers) {
        Set<Integer> missing = new HashSet<>(numbers);
        missing.removeAll(arrivedAt.keySet());
        return missing;
    }

    /**
     * Waits until all of them arrived, or nothing arrived for a while.
     *
     * @param patience in seconds
     * @return those that are missing
     */
    Set<Integer> awaitAll(Set<Integer> numbers, int patience) throws InterruptedException {
        int arrived = arrivedAt.size();
        long since = System.nanoTime();
        while (!missing(numbers).isEmpty() && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(patience)) {
            Thread.sleep(100);
            if (arrivedAt.size() > arrived) {
                arrived = arrivedAt.size();
                since = System.nanoTime();
            }
        }
        return missing(numbers);
    }

    /** From the request to the arrival. */
    Latencies delays(Set<Integer> numbers) {
        Latencies delays = new Latencies();
        for (int number : numbers) {
            Long sent = sentAt.get(number);
            Long arrived = arrivedAt.get(number);
            if (sent != null && arrived != null) {
                delays.add(arrived - sent);
            }
        }
        return delays;
    }

    long closed() {
        return sockets.stream().filter(socket -> !socket.isOpen()).count();
    }
}
