package dev.tidings.series;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the figures of a service are asked for. */
public final class SeriesPaths {
    /** The same path in each service. */
    public static final String SERIES = "/dapr/series";

    private SeriesPaths() {}

    /**
     * Returns path and query of a request that any replica may get.
     *
     * @param known the last slot that the caller has of each replica, by instance
     */
    public static String request(Map<String, Long> known) {
        return SERIES
                + known.entrySet().stream()
                        .map(last -> last.getKey() + ":" + last.getValue())
                        .collect(Collectors.joining(",", "?known=", ""));
    }

    /** Returns the last slot that the caller has of that replica; 0 if it has none. */
    static long lastOf(String instance, List<String> known) {
        return known.stream()
                .filter(last -> last.matches("\\Q" + instance + "\\E:\\d{1,15}"))
                .mapToLong(last -> Long.parseLong(last.substring(instance.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
