package dev.tidings.tokens;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are good. At least one of {@code hs256Secret} and {@code jwksUrl} must be there.
 *
 * @param hs256Secret shared secret of HS256 tokens, at least 32 bytes (RFC 7518, 3.2); null refuses HS256
 * @param jwksUrl where the keys of RS256 and ES256 tokens are published; null refuses both
 * @param issuer what {@code iss} must be
 * @param audience what {@code aud} must contain
 * @param clockSkew how far the clock of the issuer may be off, for {@code exp} and {@code nbf}
 */
public record TokenSettings(
        @Nullable String hs256Secret, @Nullable URI jwksUrl, String issuer, String audience, Duration clockSkew) {
    private static final int LEAST_SECRET_BYTES = 32;

    public TokenSettings {
        if (hs256Secret == null && jwksUrl == null) {
            throw new IllegalArgumentException("no token could ever be good: set TIDINGS_JWT_HS256_SECRET (a shared"
                    + " secret of at least 32 bytes), TIDINGS_JWT_JWKS_URL (where keys are published), or both");
        }
        if (hs256Secret != null && hs256Secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "TIDINGS_JWT_HS256_SECRET is shorter than 32 bytes (RFC 7518, 3.2): set a longer one, such as the"
                            + " output of 'openssl rand -base64 48'");
        }
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("clock skew is negative: " + clockSkew);
        }
    }

    /** Settings as services read them from their environment, where an empty text means "not set". */
    public static TokenSettings fromTexts(
            String hs256Secret, String jwksUrl, String issuer, String audience, Duration clockSkew) {
        return new TokenSettings(
                hs256Secret.isBlank() ? null : hs256Secret,
                jwksUrl.isBlank() ? null : URI.create(jwksUrl),
                issuer,
                audience,
                clockSkew);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "TokenSettings[hs256=%s, jwksUrl=%s, issuer=%s, audience=%s, clockSkew=%s]"
                .formatted(hs256Secret != null, jwksUrl, issuer, audience, clockSkew);
    }
}
