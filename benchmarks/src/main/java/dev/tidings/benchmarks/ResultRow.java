package dev.tidings.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one step of a scenario, by name with unit. Used by one thread. */
final class ResultRow {
    private final Map<String, Double> figures = new LinkedHashMap<>();

    ResultRow put(String name, double value) {
        figures.put(name, value);
        return this;
    }

    /** Not a number if there is no figure of that name. */
    double get(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    Map<String, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }
}
