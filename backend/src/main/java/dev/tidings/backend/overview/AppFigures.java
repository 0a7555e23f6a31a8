package dev.tidings.backend.overview;

import dev.tidings.series.Buckets;
import dev.tidings.series.Measure;
import dev.tidings.series.SeriesPage;
import dev.tidings.series.SeriesPage.Step;
import dev.tidings.series.SeriesRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figures of one app, added up over its replicas. A request to an app reaches one of its replicas, so a replica counts until it
 * was not heard of for half a minute. Not thread-safe; {@link FigureCollector} guards it. Times are epoch ms of the caller.
 */
final class AppFigures {
    /** As long as a replica may be passed over by the sidecar's choice. */
    private static final long HEARD_WITHIN_MILLIS = 30_000;

    /** Rates are averages over this time. */
    private static final long RATE_OVER_MILLIS = 10_000;

    /** Durations are those of this time. */
    private static final long DURATIONS_OVER_MILLIS = 60_000;

    /** The steps that say how long events take before that much was heard. */
    private static final int RECENT_STEPS = 6;

    /** @param at when the answer came */
    record Reading(long at, Map<String, Double> totals) {}

    /** One replica. */
    static final class ReplicaFigures {
        private final String instance;
        private final Deque<Reading> readings = new ArrayDeque<>();
        private final NavigableMap<Long, Map<String, Double>> steps = new TreeMap<>();

        ReplicaFigures(String instance) {
            this.instance = instance;
        }

        String instance() {
            return instance;
        }

        double now(String key) {
            return readings.getLast().totals().getOrDefault(key, 0.0);
        }

        /** Per second. */
        double rate(String key) {
            Reading last = readings.getLast();
            Reading first = since(last.at() - RATE_OVER_MILLIS);
            if (last.at() - first.at() >= 1_000) {
                double grown = now(key) - first.totals().getOrDefault(key, 0.0);
                return Math.max(0, grown) * 1_000 / (last.at() - first.at());
            }
            return steps.isEmpty()
                    ? 0
                    : steps.lastEntry().getValue().getOrDefault(key, 0.0) * 1_000 / SeriesRecorder.STEP_MILLIS;
        }

        /** How many events took how long in the last minute. */
        double recent(String key) {
            Reading last = readings.getLast();
            Reading first = readings.getFirst();
            if (last.at() - first.at() >= DURATIONS_OVER_MILLIS / 2) {
                return Math.max(0, now(key) - first.totals().getOrDefault(key, 0.0));
            }
            return steps.descendingMap().values().stream()
                    .limit(RECENT_STEPS)
                    .mapToDouble(step -> step.getOrDefault(key, 0.0))
                    .sum();
        }

        private Reading since(long at) {
            return readings.stream()
                    .filter(reading -> reading.at() >= at)
                    .findFirst()
                    .orElseThrow();
        }

        private long heardAt() {
            return readings.getLast().at();
        }

        private void hear(SeriesPage page, long at) {
            readings.addLast(new Reading(at, page.totals()));
            while (readings.getFirst().at() < at - DURATIONS_OVER_MILLIS) {
                readings.removeFirst();
            }
            for (Step step : page.steps()) {
                steps.put(step.slot(), step.values());
            }
            while (steps.size() > SeriesRecorder.KEPT) {
                steps.pollFirstEntry();
            }
        }
    }

    private final Map<String, ReplicaFigures> replicas = new TreeMap<>();
    private String silence = "it was not asked yet";

    /** Takes the answer of a replica. */
    void heard(SeriesPage page, long at) {
        silence = "";
        replicas.computeIfAbsent(page.instance(), ReplicaFigures::new).hear(page, at);
        replicas.values().removeIf(replica -> replica.heardAt() < at - 3_600_000);
    }

    void silent(String reason) {
        silence = reason;
    }

    /** Why the last request was not answered; empty if it was. */
    String silence() {
        return silence;
    }

    /** Returns the last slot that is known of each replica that may answer, by instance. */
    Map<String, Long> known() {
        return replicas.values().stream()
                .filter(replica -> !replica.steps.isEmpty())
                .collect(Collectors.toMap(ReplicaFigures::instance, replica -> replica.steps.lastKey()));
    }

    /** Returns the replicas that were heard of lately; none if the last request was not answered. */
    List<ReplicaFigures> present(long now) {
        if (!silence.isEmpty()) {
            return List.of();
        }
        return replicas.values().stream()
                .filter(replica -> replica.heardAt() >= now - HEARD_WITHIN_MILLIS)
                .toList();
    }

    double rate(long now, Measure measure) {
        return sum(
                now,
                replica -> keys(replica, measure).stream()
                        .mapToDouble(replica::rate)
                        .sum());
    }

    double rate(long now, String key) {
        return sum(now, replica -> replica.rate(key));
    }

    double sum(long now, Measure gauge) {
        return sum(now, replica -> replica.now(gauge.key()));
    }

    /** Of what all replicas measure of the same thing. */
    double max(long now, Measure gauge) {
        return present(now).stream()
                .mapToDouble(replica -> replica.now(gauge.key()))
                .max()
                .orElse(0);
    }

    /** How many events took how long in the last minute, in the buckets of {@link Buckets}. */
    double[] durations(long now, Measure timer) {
        double[] counts = new double[Buckets.COUNT];
        for (int bucket = 0; bucket < counts.length; bucket++) {
            String key = timer.key(Buckets.name(bucket));
            counts[bucket] = sum(now, replica -> replica.recent(key));
        }
        return counts;
    }

    /** The values of one step by key, of all replicas that had it. */
    Collection<Map<String, Double>> step(long slot) {
        List<Map<String, Double>> found = new ArrayList<>();
        for (ReplicaFigures replica : replicas.values()) {
            Map<String, Double> values = replica.steps.get(slot);
            if (values != null) {
                found.add(values);
            }
        }
        return found;
    }

    /** Whether a replica recorded its first step then, so that the count of the one before it has a hole. */
    boolean isBegunIn(long slot) {
        return replicas.values().stream()
                .anyMatch(replica -> !replica.steps.isEmpty() && replica.steps.firstKey() == slot);
    }

    private double sum(long now, ToDoubleFunction<ReplicaFigures> figure) {
        return present(now).stream().mapToDouble(figure).sum();
    }

    private static List<String> keys(ReplicaFigures replica, Measure measure) {
        return replica.readings.getLast().totals().keySet().stream()
                .filter(key -> key.equals(measure.key()) || key.startsWith(measure.key() + "/"))
                .toList();
    }

    static double sum(Collection<Map<String, Double>> steps, Measure measure) {
        return steps.stream()
                .flatMap(step -> step.entrySet().stream())
                .filter(value ->
                        value.getKey().equals(measure.key()) || value.getKey().startsWith(measure.key() + "/"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    static double sum(Collection<Map<String, Double>> steps, String key) {
        return steps.stream().mapToDouble(step -> step.getOrDefault(key, 0.0)).sum();
    }

    static double max(Collection<Map<String, Double>> steps, Measure measure) {
        return steps.stream()
                .mapToDouble(step -> step.getOrDefault(measure.key(), 0.0))
                .max()
                .orElse(0);
    }

    /** Of one step. */
    static double[] durations(Collection<Map<String, Double>> steps, Measure timer) {
        double[] counts = new double[Buckets.COUNT];
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] = sum(steps, timer.key(Buckets.name(bucket)));
        }
        return counts;
    }
}
