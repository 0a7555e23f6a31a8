package dev.tidings.backend.journeys;

import org.jspecify.annotations.Nullable;

/**
 * What an id names, and its journey; one of the three journeys is there.
 *
 * @param kind event, user, or the kind of the flow
 */
record SearchResult(
        String kind,
        @Nullable EventJourney event,
        @Nullable FlowJourney flow,
        @Nullable UserJourney user) {
    static SearchResult of(EventJourney event) {
        return new SearchResult("event", event, null, null);
    }

    static SearchResult of(FlowJourney flow) {
        return new SearchResult(flow.kind(), null, flow, null);
    }

    static SearchResult of(UserJourney user) {
        return new SearchResult("user", null, null, user);
    }
}
