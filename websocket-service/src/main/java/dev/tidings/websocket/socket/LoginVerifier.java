package dev.tidings.websocket.socket;

import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification.Accepted;
import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import dev.tidings.websocket.delivery.CloseReason;
import dev.tidings.websocket.delivery.Subscriber;
import java.time.Instant;
import java.util.Optional;

/** Decides who a client is (R-WS-5). Safe for any thread; blocks only while keys are fetched. */
final class LoginVerifier {
    sealed interface LoginResult {
        record Admitted(Subscriber subscriber) implements LoginResult {}

        /** @param detail for logs; never a part of the token */
        record Denied(CloseReason reason, String detail) implements LoginResult {}
    }

    /** How long a user of the development switch stays valid: as good as for ever. */
    private static final Instant NO_EXPIRY = Instant.parse("9999-01-01T00:00:00Z");

    private final TokenVerifier verifier;
    private final boolean insecure;

    LoginVerifier(TokenVerifier verifier, boolean insecure) {
        this.verifier = verifier;
        this.insecure = insecure;
    }

    /** Judges a token; a {@code user_id} beside it must be the token's. */
    LoginResult judge(String token, Optional<String> userId) {
        return switch (verifier.verify(token)) {
            case Accepted(Identity identity)
            when userId.isPresent() && !userId.get().equals(identity.userId()) ->
                new LoginResult.Denied(CloseReason.INVALID_TOKEN, "user_id is not the token's sub");
            case Accepted(Identity identity) ->
                new LoginResult.Admitted(
                        new Subscriber(identity.userId(), identity.role().wireName(), identity.expiresAt()));
            case Expired(String detail) -> new LoginResult.Denied(CloseReason.TOKEN_EXPIRED, detail);
            case InvalidToken(String detail) -> new LoginResult.Denied(CloseReason.INVALID_TOKEN, detail);
            case KeysUnavailable(String detail) -> new LoginResult.Denied(CloseReason.KEYS_UNAVAILABLE, detail);
        };
    }

    /** Whom the development switch lets in without a token; nobody if it is off. */
    Optional<Subscriber> withoutToken(Optional<String> userId) {
        return userId.filter(id -> insecure && UserId.isValid(id))
                .map(id -> new Subscriber(id, Role.USER.wireName(), NO_EXPIRY));
    }
}
