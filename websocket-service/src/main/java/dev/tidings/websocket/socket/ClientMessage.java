package dev.tidings.websocket.socket;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client may say. Further fields are ignored. */
sealed interface ClientMessage {
    /**
     * @param cursor acknowledges all up to it
     * @param report what became of events on the client's screen since its last one
     */
    record Ping(Optional<String> cursor, Optional<Report> report) implements ClientMessage {}

    /**
     * A client's own figures, believed within limits.
     *
     * @param received events that came
     * @param applied of them, those that the screen took
     * @param latency of the last one, from the log to the screen; absent while the client does not know our clock
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

    /** Answered, and otherwise without effect: all events of a user flow anyway. */
    record Subscribe(String channel) implements ClientMessage {}

    /**
     * Anything else.
     *
     * @param code a word for programs
     * @param detail what is wrong, for people
     */
    record Mistake(String code, String detail) implements ClientMessage {}

    /** In code points, as everywhere in the protocol. */
    int MAX_CHANNEL_CHARS = 64;

    /** Nobody is sent more between two acknowledgements. */
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
            return new Mistake("malformed", "the message is not JSON");
        }
        if (!message.isObject()) {
            return new Mistake("malformed", "the message is not a JSON object");
        }
        String type = text(message, "type").orElse("");
        if (message.hasNonNull("cursor") && text(message, "cursor").isEmpty()) {
            return new Mistake("invalid_cursor", "'cursor' is not a text");
        }
        return switch (type) {
            case "ping" -> new Ping(text(message, "cursor"), report(message));
            case "auth" ->
                text(message, "token")
                        .<ClientMessage>map(token -> new Auth(token, text(message, "cursor")))
                        .orElseGet(() -> new Mistake("invalid_auth", "'auth' needs a 'token'"));
            case "subscribe" ->
                text(message, "channel")
                        .filter(channel -> channel.codePointCount(0, channel.length()) <= MAX_CHANNEL_CHARS)
                        .<ClientMessage>map(Subscribe::new)
                        .orElseGet(() -> new Mistake(
                                "invalid_channel",
                                "'subscribe' needs a 'channel' of at most " + MAX_CHANNEL_CHARS + " characters"));
            default -> new Mistake("unknown_type", "'type' is none of ping, auth, subscribe");
        };
    }

    /** Figures that cannot be are left out: a report is a courtesy, not worth an error. */
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
