package dev.tidings.systemtests.stack;

import java.net.URI;
import java.util.List;

/** The values that a service exposes for Prometheus at one moment. */
public final class Metrics {

    private final List<String> samples;

    private Metrics(List<String> samples) {
        this.samples = samples;
    }

    /** Asks a service for its {@code /metrics}. */
    public static Metrics of(URI service) {
        return new Metrics(Http.get(service.resolve("/metrics"))
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList());
    }

    /**
     * The sum of all samples with that name and these labels; 0 if there are none.
     *
     * @param labels such as {@code kind="malformed"}
     */
    public double sum(String name, String... labels) {
        return samples.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
