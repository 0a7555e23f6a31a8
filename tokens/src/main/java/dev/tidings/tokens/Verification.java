package dev.tidings.tokens;

/**
 * The answer to "is this token good?". A {@code detail} says what is wrong in words for the caller's user; it never
 * holds a part of the token.
 */
public sealed interface Verification {
    /** The token is good. */
    record Accepted(Identity identity) implements Verification {}

    /** The token was good once: its holder should get a new one. */
    record Expired(String detail) implements Verification {}

    /** The token is not good and will not become so. */
    record InvalidToken(String detail) implements Verification {}

    /** The token could not be judged, since its key cannot be fetched just now: try again later. */
    record KeysUnavailable(String detail) implements Verification {}
}
