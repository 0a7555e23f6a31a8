package dev.tidings.websocket.socket;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client may say. Further fields are ignored. */
sealed interface ClientMessage {
    /** @param cursor acknowledges all up to it */
    record Ping(Optional<String> cursor) implements ClientMessage {}

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

    int MAX_CHANNEL_CHARS = 64;

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
            case "ping" -> new Ping(text(message, "cursor"));
            case "auth" ->
                text(message, "token")
                        .<ClientMessage>map(token -> new Auth(token, text(message, "cursor")))
                        .orElseGet(() -> new Mistake("invalid_auth", "'auth' needs a 'token'"));
            case "subscribe" ->
                text(message, "channel")
                        .filter(channel -> channel.length() <= MAX_CHANNEL_CHARS)
                        .<ClientMessage>map(Subscribe::new)
                        .orElseGet(() -> new Mistake(
                                "invalid_channel",
                                "'subscribe' needs a 'channel' of at most " + MAX_CHANNEL_CHARS + " characters"));
            default -> new Mistake("unknown_type", "'type' is none of ping, auth, subscribe");
        };
    }

    private static Optional<String> text(JsonNode message, String field) {
        JsonNode value = message.get(field);
        return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
