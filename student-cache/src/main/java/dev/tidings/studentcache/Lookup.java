package dev.tidings.studentcache;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the cache knows of a screen. */
public sealed interface Lookup {
    /** Computed after the last invalidation. */
    record Hit(JsonNode screen) implements Lookup {}

    /**
     * The screen is to be computed, from queries that begin after this answer.
     *
     * @param ticket the right to put it into the cache then; null if it cannot be cached
     */
    record Miss(MissReason reason, @Nullable Ticket ticket) implements Lookup {}

    /** A place in the cache, for as long as nobody invalidates it. */
    record Ticket(String key, String generation) {}

    enum MissReason {
        /** Never put there, expired, or removed by an invalidation. */
        ABSENT("no entry"),
        /** Computed from data older than the last invalidation. */
        OUTDATED("entry is older than the last invalidation"),
        /** The store did not answer in time, or refused. */
        UNAVAILABLE("cache unavailable"),
        /** The store takes no keys with such an id. */
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
