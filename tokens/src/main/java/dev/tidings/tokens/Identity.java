package dev.tidings.tokens;

import java.time.Instant;

/**
 * Whom a verified token names.
 *
 * @param userId the token's {@code sub}, a {@link dev.tidings.events.UserId user id}
 * @param role the token's {@code role}
 * @param expiresAt the token's {@code exp}; if that has passed already, the moment at which the clock skew ends
 */
public record Identity(String userId, Role role, Instant expiresAt) {
    /** Operators see other users' data and the system's insides; {@code admin} includes {@code operator} (R-WS-7). */
    public boolean isOperator() {
        return role == Role.OPERATOR || role == Role.ADMIN;
    }
}
