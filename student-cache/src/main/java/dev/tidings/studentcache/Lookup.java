package dev.tidings.studentcache;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The result of a cache lookup. */
public sealed interface Lookup {
    /** The screen was computed after the last invalidation. */
    record Hit(JsonNode screen) implements Lookup {}

    /**
     * The caller must compute the screen, with queries that start after this result.
     *
     * @param ticket permits to cache the computed screen; null if it cannot be cached
     */
    record Miss(MissReason reason, @Nullable Ticket ticket) implements Lookup {}

    /** Permits to cache a screen until the next invalidation. */
    record Ticket(String key, String generation) {}

    enum MissReason {
        /** Never cached, expired or removed by an invalidation. */
        ABSENT("no entry"),
        /** Computed from data older than the last invalidation. */
        OUTDATED("entry is older than the last invalidation"),
        /** The store did not answer in time or rejected the call. */
        UNAVAILABLE("cache unavailable"),
        /** The store does not accept keys with such an id. */
        NOT_CACHEABLE("id cannot be a key");

        private final String text;

        MissReason(String text) {
            this.text = text;
        }

        /** For log lines. */
        @Override
        public String toString() {
            return text;
        }
    }
}
