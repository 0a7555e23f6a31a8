package dev.tidings.local.cli;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A journey as lines of a terminal. */
record JourneyText(String outcome, String text) {
    private static final int FRACTION_FROM = 11;

    /** @param found the answer of {@code GET /api/v1/admin/journeys} */
    static JourneyText of(JsonNode found) {
        String kind = found.path("kind").asString("");
        JsonNode event = found.path("event");
        JsonNode user = found.path("user");
        JsonNode journey = event.isObject() ? event : user.isObject() ? user : found.path("flow");
        StringBuilder text = new StringBuilder();
        String id = text(journey, event.isObject() ? "eventId" : user.isObject() ? "userId" : "id");
        line(text, "%s %s".formatted(kind, id));
        if (event.isObject()) {
            line(
                    text,
                    "  %s by %s, user %s"
                            .formatted(text(event, "type"), text(event, "publisher"), text(event, "user")));
        }
        verdict(text, journey);
        links(text, journey);
        journey.path("events").forEach(one -> listed(text, one));
        if (!journey.path("steps").isEmpty()) {
            line(text, "");
            journey.path("steps").forEach(step -> step(text, step));
        }
        connections(text, journey);
        return new JourneyText(journey.path("outcome").asString(""), text.toString());
    }

    private static void verdict(StringBuilder text, JsonNode journey) {
        String stoppedAt = journey.path("stoppedAt").isString() ? ", not " + text(journey, "stoppedAt") : "";
        line(text, "");
        line(
                text,
                "%s: %s%s"
                        .formatted(
                                text(journey, "outcome").replace('_', ' ').toUpperCase(Locale.ROOT),
                                text(journey, "code").replace('_', ' '),
                                stoppedAt));
        line(text, "  " + text(journey, "cause"));
        line(text, "  Next: " + text(journey, "next"));
    }

    private static void links(StringBuilder text, JsonNode journey) {
        JsonNode flow = journey.path("flow");
        if (flow.isObject()) {
            line(text, "  Belongs to %s %s".formatted(text(flow, "kind"), text(flow, "id")));
        }
        JsonNode cause = journey.path("causedBy");
        if (cause.isObject()) {
            line(text, "  Caused by %s %s".formatted(text(cause, "type"), text(cause, "eventId")));
        }
        for (JsonNode effect : journey.path("caused")) {
            line(text, "  Caused %s %s".formatted(text(effect, "type"), text(effect, "eventId")));
        }
    }

    /** An event of a flow or of a user. */
    private static void listed(StringBuilder text, JsonNode event) {
        String at = event.path("at").asString(event.path("loggedAt").asString(""));
        String state = event.path("code").isString()
                ? text(event, "code").replace('_', ' ')
                : String.join(
                        ", ",
                        event.path("outcomes")
                                .valueStream()
                                .map(one -> plain(one.asString("")))
                                .toList());
        line(
                text,
                "  %-12s  %-24s %s  %s"
                        .formatted(time(at), text(event, "type"), text(event, "eventId"), state)
                        .stripTrailing());
    }

    private static void step(StringBuilder text, JsonNode step) {
        JsonNode delay = step.path("delayMs");
        line(
                text,
                "  %-12s  %-12s  %9s  %s: %s"
                        .formatted(
                                text(step, "stage"),
                                time(step.path("at").asString("")),
                                delay.isNumber() ? "+" + span(delay.asLong()) : "",
                                text(step, "by"),
                                text(step, "detail")));
    }

    private static void connections(StringBuilder text, JsonNode user) {
        for (JsonNode connection : user.path("connections")) {
            boolean isOpen = !connection.path("closedAt").isString();
            line(
                    text,
                    "  connection to %s since %s: %s"
                            .formatted(
                                    text(connection, "replica"),
                                    text(connection, "openedAt"),
                                    isOpen
                                            ? "open, %d events not sent"
                                                    .formatted(connection
                                                            .path("behind")
                                                            .asLong())
                                            : "closed at %s by %s"
                                                    .formatted(
                                                            text(connection, "closedAt"),
                                                            text(connection, "closedBy"))));
        }
        for (JsonNode waiting : user.path("waiting")) {
            line(
                    text,
                    "  in the outbox of %s: %s %s"
                            .formatted(text(waiting, "by"), text(waiting, "type"), text(waiting, "eventId")));
        }
    }

    /** The time of day of an ISO-8601 time in UTC. */
    private static String time(String at) {
        return at.length() > FRACTION_FROM ? plain(at.substring(FRACTION_FROM).replace("Z", "")) : "";
    }

    private static String span(long millis) {
        return millis < 10_000 ? millis + " ms" : Duration.ofMillis(millis).toSeconds() + " s";
    }

    private static String text(JsonNode node, String field) {
        return plain(node.path(field).asString("?"));
    }

    /** Errors and ids come from outside: control characters must not reach the terminal. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
