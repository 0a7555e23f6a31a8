package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Counts what a stack consumed since {@link #start}: CPU and written bytes of each kind of part, SQL statements, commands of Redis,
 * and what the replicas count. Background work of the parts is included, so divide only the costs of a busy time by its events.
 */
final class Costs {
    static final String ALL_PARTS = "CPU ms of all parts";

    /** Contained in the costs of the parts. */
    static final String COMPILERS = "of it JIT compilers, µs";

    static final String GENERATOR = "load generator";
    private static final Pattern CALLS = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");
    private static final String METRIC = "(?m)^%s ([0-9.E]+)$";

    /** Without begin and commit, which are counted as transactions, and without our own questions. */
    private static final String STATEMENTS = """
            SELECT query, calls, total_exec_time FROM pg_stat_statements
            WHERE query !~* '^(begin|commit|rollback|set |show )' AND query NOT LIKE '%pg_stat_%' ORDER BY calls DESC""";

    private static final String TRANSACTIONS = "SELECT sum(xact_commit) FROM pg_stat_database";
    private static final String WAL = "SELECT wal_bytes FROM pg_stat_wal";

    private final Stack stack;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Double> before;
    private final Map<String, Long> pids;
    private long events = 1;

    private Costs(Stack stack) {
        this.stack = stack;
        query("SELECT pg_stat_statements_reset()");
        this.pids = stack.pids();
        this.before = now();
    }

    static Costs start(Stack stack) {
        return new Costs(stack);
    }

    /** Prepares the database of a stack that was just started. */
    static void install(Stack stack) throws SQLException {
        try (Connection connection = stack.system().database().superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public");
        }
    }

    /** Writes the costs of each event into a row. */
    Costs into(ResultRow row, long count) {
        events = Math.max(1, count);
        Map<String, Double> after = now();
        double system = 0;
        for (Map.Entry<String, Double> figure : after.entrySet()) {
            double each = (figure.getValue() - before.getOrDefault(figure.getKey(), 0.0)) / events;
            row.put(figure.getKey(), each);
            if (figure.getKey().startsWith("CPU µs") && !figure.getKey().endsWith(GENERATOR)) {
                system += each;
            }
        }
        row.put(ALL_PARTS, system / 1_000);
        List<String> restarted = restarted();
        row.put("parts that ended", restarted.size());
        return this;
    }

    /** The parts whose process is another one now. */
    List<String> restarted() {
        Map<String, Long> now = stack.pids();
        return pids.entrySet().stream()
                .filter(part -> !part.getValue().equals(now.get(part.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The statements that ran most often since the start, with calls and time of each event of {@link #into}. */
    List<String> topStatements(int limit) {
        return query(STATEMENTS).stream()
                .limit(limit)
                .map(row -> String.format(
                        Locale.ROOT,
                        "`%.100s` %.2f calls, %.3f ms",
                        String.valueOf(row.get(0)).replaceAll("\\s+", " ").replace('`', '\''),
                        number(row.get(1)) / events,
                        number(row.get(2)) / events))
                .toList();
    }

    private Map<String, Double> now() {
        Map<String, Double> cpu = new TreeMap<>();
        Map<String, Double> bytes = new TreeMap<>();
        stack.pids().forEach((part, pid) -> {
            cpu.merge("CPU µs " + kind(part), (double) Proc.cpuMicros(pid), Double::sum);
            bytes.merge("bytes written " + kind(part), (double) Proc.writtenBytes(pid), Double::sum);
        });
        cpu.put("CPU µs " + GENERATOR, (double) ownCpu());
        Map<String, Double> all = new LinkedHashMap<>(cpu);
        all.put(
                COMPILERS,
                stack.pids().values().stream().mapToDouble(Proc::compilerMicros).sum());
        List<List<Object>> statements = query(STATEMENTS);
        all.put(
                "SQL statements",
                statements.stream().mapToDouble(row -> number(row.get(1))).sum());
        all.put(
                "SQL ms in PostgreSQL",
                statements.stream().mapToDouble(row -> number(row.get(2))).sum());
        all.put("transactions", number(query(TRANSACTIONS).getFirst().getFirst()));
        all.put("bytes of WAL", number(query(WAL).getFirst().getFirst()));
        all.put("state calls (Redis commands)", redisCommands());
        List<String> replicas = metricsOfReplicas();
        all.put("events pushed to other replicas", sum("tidings_cluster_events_sent_total", replicas));
        all.put("calls between replicas", sum("tidings_cluster_pushes_total", replicas));
        all.putAll(bytes);
        return all;
    }

    private static long ownCpu() {
        return Proc.cpuOfOne(ProcessHandle.current().pid());
    }

    private static String kind(String part) {
        if (part.endsWith("-daprd")) {
            return "sidecars";
        }
        if (part.startsWith("websocket-service")) {
            return "WebSocket replicas";
        }
        return switch (part) {
            case "backend", "kafka", "redis" -> part;
            case "postgres" -> "PostgreSQL";
            default -> "workers";
        };
    }

    private List<String> metricsOfReplicas() {
        List<String> texts = new ArrayList<>();
        for (URI metrics : stack.metrics()) {
            try {
                texts.add(http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body());
            } catch (IOException replicaIsDown) {
                // its part of the sums is missing, as the row says in "parts that ended"
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return texts;
    }

    /** @param metric a pattern of its name and labels, in the text of Prometheus */
    static double sum(String metric, List<String> texts) {
        Pattern line = Pattern.compile(METRIC.formatted(metric));
        return texts.stream()
                .flatMap(text -> line.matcher(text).results())
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private double redisCommands() {
        URI redis = URI.create("redis://" + stack.system().redisAddress());
        try (java.net.Socket socket = new java.net.Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.UTF_8));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return CALLS.matcher(reply)
                    .results()
                    .filter(found -> !found.group(1).matches("info|ping|quit|auth|hello|client.*"))
                    .mapToDouble(found -> Double.parseDouble(found.group(2)))
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException("Redis does not answer: " + e.getMessage(), e);
        }
    }

    private List<List<Object>> query(String sql) {
        try (Connection connection = stack.system().database().superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the counters of PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
