package dev.tidings.websocket.socket;

import java.time.Duration;
import java.time.Instant;

/**
 * The validity of the token of one connection. Immutable.
 *
 * @param expiresAt when the token expires
 * @param warnAt when the client is warned; {@link Instant#MAX} after the warning
 */
record TokenLifetime(Instant expiresAt, Instant warnAt) {
    /** @param warning how long before the expiry the client is warned; a fifth of the remaining time at most */
    static TokenLifetime of(Instant expiresAt, Instant now, Duration warning) {
        Duration fifth = Duration.between(now, expiresAt).dividedBy(5);
        return new TokenLifetime(expiresAt, expiresAt.minus(fifth.compareTo(warning) < 0 ? fifth : warning));
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean isWarningDue(Instant now) {
        return !now.isBefore(warnAt);
    }

    TokenLifetime warned() {
        return new TokenLifetime(expiresAt, Instant.MAX);
    }
}
