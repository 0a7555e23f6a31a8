package dev.tidings.backend.overview;

import dev.tidings.series.SeriesPage;
import dev.tidings.series.SeriesPage.Step;
import dev.tidings.series.SeriesRecorder;
import dev.tidings.topology.App;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Figures as the apps would answer them, step by step. Every app answers, and does nothing, unless it is told otherwise. */
final class OverviewFigures {
    private static final long FIRST_SLOT = 1_000;

    private final Figures figures = new Figures();
    private final Map<App, Map<String, Double>> totals = new HashMap<>();
    private final Map<App, String> instances = new HashMap<>();
    private final List<App> silent = new ArrayList<>();
    private long slot = FIRST_SLOT;

    OverviewFigures() {
        for (App app : App.values()) {
            instances.put(app, app.id() + "-1");
        }
        step(Map.of());
    }

    /** From now on. */
    OverviewFigures silent(App app) {
        silent.add(app);
        return this;
    }

    /** Another process of the app runs from now on. */
    OverviewFigures restarted(App app) {
        silent.remove(app);
        instances.put(app, app.id() + "-" + slot);
        totals.remove(app);
        return this;
    }

    /** A step passes. @param grown what counters of an app grow by; gauges have this value at its end */
    OverviewFigures step(Map<App, Map<String, Double>> grown) {
        slot++;
        for (App app : App.values()) {
            if (silent.contains(app)) {
                figures.of(app).silent("it did not answer");
                continue;
            }
            Map<String, Double> values = grown.getOrDefault(app, Map.of());
            Map<String, Double> sum = totals.computeIfAbsent(app, _ -> new HashMap<>());
            values.forEach((key, value) -> sum.merge(
                    key,
                    value,
                    (before, more) ->
                            List.of("waiting", "oldest", "connections").contains(key) ? more : before + more));
            figures.of(app)
                    .heard(
                            new SeriesPage(
                                    app.id(),
                                    instances.getOrDefault(app, ""),
                                    now(),
                                    sum,
                                    List.of(new Step(slot, values))),
                            now());
        }
        return this;
    }

    OverviewFigures steps(int count, Map<App, Map<String, Double>> grown) {
        for (int n = 0; n < count; n++) {
            step(grown);
        }
        return this;
    }

    Figures figures() {
        return figures;
    }

    long latest() {
        return slot;
    }

    /** Shortly after the end of the latest step. */
    long now() {
        return slot * SeriesRecorder.STEP_MILLIS + 1_500;
    }
}
