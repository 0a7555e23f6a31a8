package dev.tidings.tokens;

import java.time.Instant;

/**
 * Whom a verified token names.
 *
 * @param userId the token's {@code sub}: opaque, 1 to 128 characters
 * @param role the token's {@code role}
 * @param expiresAt the token's {@code exp}
 */
public record Identity(String userId, Role role, Instant expiresAt) {
    /** Operators see other users' data and the system's insides; {@code admin} includes {@code operator} (R-WS-7). */
    public boolean isOperator() {
        return role == Role.OPERATOR || role == Role.ADMIN;
    }
}
