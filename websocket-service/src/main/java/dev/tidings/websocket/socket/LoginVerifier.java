package dev.tidings.websocket.socket;

import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import dev.tidings.websocket.delivery.CloseReason;
import dev.tidings.websocket.delivery.Subscriber;
import java.time.Instant;
import java.util.Optional;

/** Verifies the login of a client (R-WS-5). Thread-safe; blocks only while verification keys are fetched. */
final class LoginVerifier {
    sealed interface LoginResult {
        record LoginAccepted(Subscriber subscriber) implements LoginResult {}

        /** @param detail for logs; never contains a part of the token */
        record LoginRejected(CloseReason reason, String detail) implements LoginResult {}
    }

    /** The expiry of users of the development switch. */
    private static final Instant NO_EXPIRY = Instant.parse("9999-01-01T00:00:00Z");

    private final TokenVerifier verifier;
    private final boolean insecure;

    LoginVerifier(TokenVerifier verifier, boolean insecure) {
        this.verifier = verifier;
        this.insecure = insecure;
    }

    /**
     * Verifies a token.
     *
     * @param userId the {@code user_id} of the client; must equal the {@code sub} of the token if given
     */
    LoginResult verify(String token, Optional<String> userId) {
        return switch (verifier.verify(token)) {
            case Verification.VerifiedToken(Identity identity)
            when userId.isPresent() && !userId.get().equals(identity.userId()) ->
                new LoginResult.LoginRejected(CloseReason.INVALID_TOKEN, "user_id is not the sub of the token");
            case Verification.VerifiedToken(Identity identity) ->
                new LoginResult.LoginAccepted(
                        new Subscriber(identity.userId(), identity.role().wireName(), identity.expiresAt()));
            case Expired(String detail) -> new LoginResult.LoginRejected(CloseReason.TOKEN_EXPIRED, detail);
            case InvalidToken(String detail) -> new LoginResult.LoginRejected(CloseReason.INVALID_TOKEN, detail);
            case KeysUnavailable(String detail) -> new LoginResult.LoginRejected(CloseReason.KEYS_UNAVAILABLE, detail);
        };
    }

    /** Returns the user of a connection without a token; empty unless the development switch is on. */
    Optional<Subscriber> withoutToken(Optional<String> userId) {
        return userId.filter(id -> insecure && UserId.isValid(id))
                .map(id -> new Subscriber(id, Role.USER.wireName(), NO_EXPIRY));
    }
}
