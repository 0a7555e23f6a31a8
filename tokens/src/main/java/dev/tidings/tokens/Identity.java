package dev.tidings.tokens;

import java.time.Instant;

/**
 * The caller that a verified token names.
 *
 * @param userId {@code sub} of the token, a {@link dev.tidings.events.UserId user id}
 * @param role {@code role} of the token
 * @param expiresAt {@code exp} of the token; if it has passed, the end of the clock skew
 */
public record Identity(String userId, Role role, Instant expiresAt) {
    /** Returns whether the caller is an operator; {@code admin} includes {@code operator} (R-WS-7). */
    public boolean isOperator() {
        return role == Role.OPERATOR || role == Role.ADMIN;
    }
}
