package dev.tidings.websocket.delivery;

/**
 * Why the service ends a connection. The code's range tells the client what to do (docs/protocol.md); the table
 * in {@code docs/protocol.md} is compared with this one by a test.
 */
public enum CloseReason {
    SHUTTING_DOWN(4000, "this replica is going away"),
    ROLE_CHANGED(4001, "the new token has another role: connect anew with it"),
    LOG_REPLACED(4002, "the event log was reset or restored: resume with your cursor"),

    OVERLOADED(4100, "the service cannot take the connection just now"),
    SLOW(4101, "the client took nothing from the socket for too long"),
    UNRESPONSIVE(4102, "nothing was heard from the client, pongs included"),
    KEYS_UNAVAILABLE(4103, "the token cannot be verified just now"),
    INTERNAL_ERROR(4104, "the service failed; its log has the cause"),

    TOKEN_EXPIRED(4200, "the token has expired"),
    NO_TOKEN(4201, "no token was given in time"),

    INVALID_TOKEN(4300, "the token is not good, or not for this user_id"),
    OTHER_USER(4301, "a connection cannot be renewed for another user"),
    PROTOCOL_ERROR(4302, "too many messages that were wrong or too fast"),
    BINARY_MESSAGE(4303, "messages are JSON text, never binary"),
    MESSAGE_TOO_LARGE(4304, "the message is larger than the limit"),
    TOO_MANY_CONNECTIONS(4305, "the user holds as many connections as allowed");

    /** What the client does next. */
    public enum Advice {
        RECONNECT(4000, "reconnect with jitter"),
        BACK_OFF(4100, "reconnect with growing pauses"),
        NEW_TOKEN(4200, "get a new token, then reconnect"),
        STOP(4300, "do not reconnect by itself");

        private final int rangeStart;
        private final String text;

        Advice(int rangeStart, String text) {
            this.rangeStart = rangeStart;
            this.text = text;
        }

        /** The words for people, in the document. */
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

    /** The reason on the wire, at most 123 bytes (RFC 6455, 5.5). */
    public String text() {
        return text;
    }

    /** By the code's range of a hundred. */
    public Advice advice() {
        for (Advice advice : Advice.values()) {
            if (code / 100 * 100 == advice.rangeStart) {
                return advice;
            }
        }
        throw new IllegalStateException(this + " has a code outside of all ranges: " + code);
    }
}
