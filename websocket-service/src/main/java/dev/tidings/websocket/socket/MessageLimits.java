package dev.tidings.websocket.socket;

import java.nio.charset.StandardCharsets;

/** The limits on the messages of one client: size, rate and errors. Not thread-safe; Jetty calls one message at a time. */
final class MessageLimits {
    private static final double ERRORS_FORGIVEN_PER_SECOND = 0.1;

    private final int maxBytes;
    private final TokenBucket rate;
    private final TokenBucket errors;

    MessageLimits(SocketSettings settings, long nowNanos) {
        this.maxBytes = settings.maxMessageBytes();
        this.rate = new TokenBucket(settings.messageBurst(), settings.messagesPerSecond(), nowNanos);
        this.errors = new TokenBucket(settings.errorBurst(), ERRORS_FORGIVEN_PER_SECOND, nowNanos);
    }

    boolean isTooLarge(String text) {
        // A char has at most 3 bytes in UTF-8, so short texts need no count.
        return text.length() > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }

    /** Counts a message. Returns false if the client sends too many. */
    boolean allowsMessage() {
        return rate.tryTake(System.nanoTime());
    }

    /** Counts an error of the client. Returns false if there were too many. */
    boolean allowsError() {
        return errors.tryTake(System.nanoTime());
    }
}
