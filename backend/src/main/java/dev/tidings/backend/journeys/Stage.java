package dev.tidings.backend.journeys;

import java.util.Locale;

/** The stages of an event, in order (docs/architecture.md#the-way-of-an-event). */
enum Stage {
    COMMITTED,
    PUBLISHED,
    CONSUMED,
    LOGGED,
    /** Sent to the replicas that hold connections of its streams. */
    ROUTED,
    PUSHED,
    ACKNOWLEDGED;

    /** Returns the name in the API. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
