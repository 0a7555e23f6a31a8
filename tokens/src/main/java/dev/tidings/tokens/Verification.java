package dev.tidings.tokens;

/**
 * The result of a verification. A {@code detail} describes the mistake for people and never contains a part of the token.
 */
public sealed interface Verification {
    /** The token is valid. */
    record VerifiedToken(Identity identity) implements Verification {}

    /** The token has expired; its holder needs a new one. */
    record Expired(String detail) implements Verification {}

    /** The token is invalid. */
    record InvalidToken(String detail) implements Verification {}

    /** The key of the token cannot be fetched; a retry may succeed. */
    record KeysUnavailable(String detail) implements Verification {}
}
