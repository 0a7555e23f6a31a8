package dev.tidings.websocket.delivery;

/**
 * Why the service closes a connection. The range of the code tells the client what to do next (docs/protocol.md). A
 * test compares this list with the table in {@code docs/protocol.md}.
 */
public enum CloseReason {
    SHUTTING_DOWN(4000, "the replica is shutting down"),
    ROLE_CHANGED(4001, "the new token has another role: reconnect with it"),
    LOG_REPLACED(4002, "the event log was reset or restored: resume with your cursor"),
    CLOSED_BY_OPERATOR(4003, "an operator closed the connection: resume with your cursor"),

    OVERLOADED(4100, "the service is overloaded"),
    SLOW(4101, "the client did not read from the socket in time"),
    UNRESPONSIVE(4102, "no message or pong arrived from the client in time"),
    KEYS_UNAVAILABLE(4103, "the keys to verify the token are unavailable"),
    INTERNAL_ERROR(4104, "internal error: the log of the service has the cause"),

    TOKEN_EXPIRED(4200, "the token has expired"),
    NO_TOKEN(4201, "no token arrived in time"),

    INVALID_TOKEN(4300, "the token is invalid, or belongs to another user_id"),
    OTHER_USER(4301, "a connection cannot be renewed with the token of another user"),
    PROTOCOL_ERROR(4302, "too many invalid messages, or too many messages"),
    BINARY_MESSAGE(4303, "binary messages are not supported: send JSON text"),
    MESSAGE_TOO_LARGE(4304, "the message exceeds the size limit"),
    TOO_MANY_CONNECTIONS(4305, "the user has reached the maximum number of connections");

    /** What the client must do next. */
    public enum Advice {
        RECONNECT(4000, "reconnect with jitter"),
        BACK_OFF(4100, "reconnect with backoff"),
        NEW_TOKEN(4200, "get a new token, then reconnect"),
        STOP(4300, "do not reconnect automatically");

        private final int rangeStart;
        private final String text;

        Advice(int rangeStart, String text) {
            this.rangeStart = rangeStart;
            this.text = text;
        }

        /** Returns the text that the document uses. */
        public String text() {
            return text;
        }
    }

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** Returns the reason of the close frame, at most 123 bytes (RFC 6455, 5.5). */
    public String text() {
        return text;
    }

    /** Returns the advice for the range of the code. */
    public Advice advice() {
        for (Advice advice : Advice.values()) {
            if (code / 100 * 100 == advice.rangeStart) {
                return advice;
            }
        }
        throw new IllegalStateException(this + " has a code outside of all ranges: " + code);
    }
}
