package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The sockets that did not open, counted by cause. Thread-safe. */
final class Refusals {
    private final Map<String, AtomicInteger> byCause = new ConcurrentHashMap<>();

    /** @param failure of {@link Socket#open} */
    void add(IOException failure) {
        byCause.computeIfAbsent(cause(failure), _ -> new AtomicInteger()).incrementAndGet();
    }

    int total() {
        return byCause.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Adds a line for each cause below the table. */
    void into(Table table, String step) {
        byCause.forEach((cause, times) -> table.remark("%s: %s times refused: %s".formatted(step, times, cause)));
    }

    /** The status of the response, or else the innermost exception, without the JSON of a message, which differs each time. */
    private static String cause(IOException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof WebSocketHandshakeException)) {
            cause = cause.getCause();
        }
        return cause instanceof WebSocketHandshakeException refused
                ? "status " + refused.getResponse().statusCode()
                : cause.toString().replaceAll("\\{.*", "");
    }
}
