package dev.tidings.backend.overview;

import dev.tidings.events.EventType;
import dev.tidings.series.Buckets;
import dev.tidings.series.Measure;
import dev.tidings.series.SeriesRecorder;
import dev.tidings.topology.App;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Estimates how many published events a consumer has not taken: what was published in each step minus what was taken. Two things limit
 * the error: counts that a process took along when it ended are forgiven when the next one begins, and a consumer that took only events
 * younger than a step cannot be further behind than what was published in that step.
 */
final class Backlogs {
    private Backlogs() {}

    /** @param stalledSteps the latest steps in which events waited and the consumer took none */
    record Backlog(double waiting, int stalledSteps, double publishedLately) {}

    /** @param lately steps of {@code publishedLately} */
    static Backlog of(Figures figures, App consumer, long latest, int lately) {
        double waiting = 0;
        int stalled = 0;
        double publishedLately = 0;
        for (long slot = latest - SeriesRecorder.KEPT + 1; slot <= latest; slot++) {
            Collection<Map<String, Double>> steps = figures.of(consumer).step(slot);
            double published = published(figures, consumer, slot);
            double taken = taken(consumer, steps);
            waiting = figures.of(consumer).isBegunIn(slot) ? 0 : Math.max(0, waiting + published - taken);
            if (taken > 0 && longest(consumer, steps) <= SeriesRecorder.STEP_MILLIS) {
                waiting = Math.min(waiting, published);
            }
            stalled = taken == 0 && waiting > 0 ? stalled + 1 : 0;
            publishedLately += slot > latest - lately ? published : 0;
        }
        return new Backlog(waiting, stalled, publishedLately);
    }

    /** The types that a consumer counts when it has taken them. */
    private static List<EventType> types(App consumer) {
        return switch (consumer) {
            case WEBSOCKET_SERVICE ->
                Arrays.stream(EventType.values())
                        .filter(type -> type.push().pushed())
                        .toList();
            case AUDIT_LOG_SERVICE -> List.of(EventType.values());
            default -> List.copyOf(consumer.handledTypes());
        };
    }

    private static double published(Figures figures, App consumer, long slot) {
        double published = 0;
        for (App publisher : App.values()) {
            if (!publisher.publishedTypes().isEmpty()) {
                Collection<Map<String, Double>> steps = figures.of(publisher).step(slot);
                for (EventType type : types(consumer)) {
                    if (publisher.publishedTypes().contains(type)) {
                        published += AppFigures.sum(steps, Measure.PUBLISHED.key(type.wireName()));
                    }
                }
            }
        }
        return published;
    }

    private static double taken(App consumer, Collection<Map<String, Double>> steps) {
        return switch (consumer) {
            case WEBSOCKET_SERVICE ->
                AppFigures.sum(steps, Measure.LOGGED) + AppFigures.sum(steps, Measure.QUARANTINED);
            case AUDIT_LOG_SERVICE -> AppFigures.sum(steps, Measure.AUDITED);
            default ->
                consumer.handledTypes().stream()
                        .mapToDouble(type -> AppFigures.sum(steps, Measure.TAKEN.key(type.wireName())))
                        .sum();
        };
    }

    /** An upper bound of what most events of the steps took, in ms; a consumer that measures nothing is never far behind. */
    private static double longest(App consumer, Collection<Map<String, Double>> steps) {
        Measure timer = consumer == App.WEBSOCKET_SERVICE ? Measure.INGEST : Measure.EFFECT;
        double longest = Buckets.quantile(AppFigures.durations(steps, timer), 0.99);
        return Double.isNaN(longest) ? 0 : longest;
    }
}
