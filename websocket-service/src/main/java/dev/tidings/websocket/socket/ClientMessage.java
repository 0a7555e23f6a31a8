package dev.tidings.websocket.socket;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message from a client. Unknown fields are ignored. */
sealed interface ClientMessage {
    /**
     * @param cursor acknowledges all events up to it
     * @param report what the screen of the client received and applied since the last ping
     */
    record Ping(Optional<String> cursor, Optional<Report> report) implements ClientMessage {}

    /**
     * Counts and latency that a client measured itself. Implausible values are dropped.
     *
     * @param received number of events that arrived
     * @param applied number of these events that the screen applied
     * @param latency of the last event, from the log to the screen; empty while the client does not know the clock of the server
     */
    record Report(int received, int applied, Optional<Duration> latency) {}

    /** Login, or renewal of the token. */
    record Auth(String token, Optional<String> cursor) implements ClientMessage {
        /** Without the token. */
        @Override
        public String toString() {
            return "Auth[]";
        }
    }

    /** Answered without further effect: a connection receives all events of its user. */
    record Subscribe(String channel) implements ClientMessage {}

    /**
     * Any other message.
     *
     * @param code machine-readable
     * @param detail human-readable
     */
    record Invalid(String code, String detail) implements ClientMessage {}

    /** In code points. */
    int MAX_CHANNEL_CHARS = 64;

    /** No client is sent more events between two acknowledgements. */
    int MAX_REPORTED_EVENTS = 10_000;

    Duration MAX_REPORTED_LATENCY = Duration.ofHours(1);

    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static ClientMessage parse(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JacksonException e) {
            return new Invalid("malformed", "the message is not JSON");
        }
        if (!message.isObject()) {
            return new Invalid("malformed", "the message is not a JSON object");
        }
        String type = text(message, "type").orElse("");
        if (message.hasNonNull("cursor") && text(message, "cursor").isEmpty()) {
            return new Invalid("invalid_cursor", "'cursor' is not a string");
        }
        return switch (type) {
            case "ping" -> new Ping(text(message, "cursor"), report(message));
            case "auth" ->
                text(message, "token")
                        .<ClientMessage>map(token -> new Auth(token, text(message, "cursor")))
                        .orElseGet(() -> new Invalid("invalid_auth", "'auth' needs a 'token'"));
            case "subscribe" ->
                text(message, "channel")
                        .filter(channel -> channel.codePointCount(0, channel.length()) <= MAX_CHANNEL_CHARS)
                        .<ClientMessage>map(Subscribe::new)
                        .orElseGet(() -> new Invalid(
                                "invalid_channel",
                                "'subscribe' needs a 'channel' of at most " + MAX_CHANNEL_CHARS + " characters"));
            default -> new Invalid("unknown_type", "'type' is none of ping, auth, subscribe");
        };
    }

    /** Implausible values are dropped without an error, because reports are optional. */
    private static Optional<Report> report(JsonNode message) {
        int received = message.path("received").asInt(0);
        int applied = message.path("applied").asInt(0);
        Optional<Duration> latency = Optional.of(message.path("latency_ms").asLong(-1))
                .filter(millis -> millis >= 0 && millis <= MAX_REPORTED_LATENCY.toMillis())
                .map(Duration::ofMillis);
        boolean isPossible = 0 < received && received <= MAX_REPORTED_EVENTS && 0 <= applied && applied <= received;
        return isPossible ? Optional.of(new Report(received, applied, latency)) : Optional.empty();
    }

    private static Optional<String> text(JsonNode message, String field) {
        JsonNode value = message.get(field);
        return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
