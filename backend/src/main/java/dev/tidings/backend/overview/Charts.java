package dev.tidings.backend.overview;

import dev.tidings.events.ConsoleSnapshot.Point;
import dev.tidings.series.Buckets;
import dev.tidings.series.Measure;
import dev.tidings.series.SeriesRecorder;
import dev.tidings.topology.App;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of the charts, a value for each step of the last hour. Pure. */
final class Charts {
    private static final double PER_SECOND = 1_000.0 / SeriesRecorder.STEP_MILLIS;

    private Charts() {}

    /** Draws one value of one step. */
    private interface Value {
        /** Returns null if nothing is known. */
        @Nullable
        Double in(Figures figures, long slot);
    }

    /**
     * A line.
     *
     * @param chart the chart that it belongs to
     * @param unit {@code /s}, {@code ms} or empty for counts
     */
    private record Definition(String chart, String name, String unit, Value value) {}

    /** A line without its values, for the page. */
    record ChartLine(String chart, String name, String unit) {}

    /**
     * All lines of the last hour.
     *
     * @param stepMillis length of a step
     * @param points oldest first; a step that no app knows is missing
     */
    record Hour(long stepMillis, List<ChartLine> lines, List<Point> points) {}

    private static final List<Definition> DEFINITIONS = definitions();

    static Hour hour(Figures figures, long now) {
        long latest = Figures.latestSlot(now);
        List<Point> points = new ArrayList<>();
        for (long slot = latest - SeriesRecorder.KEPT + 1; slot <= latest; slot++) {
            Point point = point(figures, slot);
            if (point.values().stream().anyMatch(value -> value != null)) {
                points.add(point);
            }
        }
        List<ChartLine> lines = DEFINITIONS.stream()
                .map(line -> new ChartLine(line.chart(), line.name(), line.unit()))
                .toList();
        return new Hour(SeriesRecorder.STEP_MILLIS, lines, points);
    }

    static Point latest(Figures figures, long now) {
        return point(figures, Figures.latestSlot(now));
    }

    private static Point point(Figures figures, long slot) {
        return new Point(
                slot,
                DEFINITIONS.stream()
                        .map(line -> rounded(line.value().in(figures, slot)))
                        .toList());
    }

    private static List<Definition> definitions() {
        List<Definition> lines = new ArrayList<>();
        lines.add(new Definition("Events", "published", "/s", rate(Measure.PUBLISHED, App.values())));
        lines.add(new Definition("Events", "logged", "/s", rate(Measure.LOGGED, App.WEBSOCKET_SERVICE)));
        lines.add(new Definition("Events", "sent to screens", "/s", rate(Measure.SENT, App.WEBSOCKET_SERVICE)));
        lines.add(new Definition("Connections", "open", "", (figures, slot) -> {
            Collection<Map<String, Double>> steps =
                    figures.of(App.WEBSOCKET_SERVICE).step(slot);
            return steps.isEmpty() ? null : (Double) AppFigures.sum(steps, Measure.CONNECTIONS.key());
        }));
        lines.add(new Definition("Log to screen", "p50", "ms", quantile(App.WEBSOCKET_SERVICE, Measure.SCREEN, 0.5)));
        lines.add(new Definition("Log to screen", "p99", "ms", quantile(App.WEBSOCKET_SERVICE, Measure.SCREEN, 0.99)));
        lines.add(new Definition("Lag", "log", "ms", quantile(App.WEBSOCKET_SERVICE, Measure.INGEST, 0.99)));
        for (App worker : App.workers()) {
            if (worker != App.AUDIT_LOG_SERVICE) {
                lines.add(new Definition("Lag", worker.id(), "ms", quantile(worker, Measure.EFFECT, 0.99)));
            }
        }
        lines.add(new Definition(
                "Waiting",
                "in outboxes",
                "",
                (figures, slot) -> Arrays.stream(App.values())
                        .map(app -> figures.of(app).step(slot))
                        .filter(steps -> !steps.isEmpty())
                        .map(steps -> AppFigures.max(steps, Measure.WAITING))
                        .reduce(Double::sum)
                        .orElse(null)));
        lines.add(new Definition("Failures", "dead letters", "", count(Measure.DEAD_LETTERS, App.BACKEND)));
        lines.add(new Definition("Failures", "rejected events", "", count(Measure.QUARANTINED, App.WEBSOCKET_SERVICE)));
        lines.add(new Definition("Failures", "refused requests", "", count(Measure.REFUSED, App.values())));
        return List.copyOf(lines);
    }

    private static Value rate(Measure counter, App... apps) {
        Value count = count(counter, apps);
        return (figures, slot) -> {
            Double found = count.in(figures, slot);
            return found == null ? null : (Double) (found * PER_SECOND);
        };
    }

    private static Value count(Measure counter, App... apps) {
        return (figures, slot) -> Arrays.stream(apps)
                .map(app -> figures.of(app).step(slot))
                .filter(steps -> !steps.isEmpty())
                .map(steps -> AppFigures.sum(steps, counter))
                .reduce(Double::sum)
                .orElse(null);
    }

    private static Value quantile(App app, Measure timer, double quantile) {
        return (figures, slot) -> {
            double found = Buckets.quantile(AppFigures.durations(figures.of(app).step(slot), timer), quantile);
            return Double.isNaN(found) ? null : (Double) found;
        };
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : (Double) (Math.round(value * 10) / 10.0);
    }
}
