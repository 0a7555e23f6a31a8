package dev.tidings.series;

/** Where the figures of a service are asked for. */
public final class SeriesPaths {
    /** The same path in each service. */
    public static final String SERIES = "/dapr/series";

    private SeriesPaths() {}
}
