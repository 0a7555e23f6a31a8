package dev.tidings.tokens;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings {@code tidings.tokens.*} of all services that verify tokens. A blank text is not set. At least one of {@code hs256Secret}
 * and {@code jwksUrl} must be set.
 *
 * @param hs256Secret shared secret of HS256 tokens, at least 32 bytes (RFC 7518, 3.2); null rejects HS256
 * @param jwksUrl URL of the keys of RS256 and ES256 tokens; null rejects both
 * @param issuer required {@code iss}; {@code tidings} by default
 * @param audience required entry of {@code aud}; {@code tidings} by default
 * @param clockSkew tolerance of {@code exp} and {@code nbf}; 5 s by default
 */
public record TokenSettings(
        @Nullable String hs256Secret, @Nullable URI jwksUrl, String issuer, String audience, Duration clockSkew) {
    /** Prefix of these settings. */
    public static final String PREFIX = "tidings.tokens";

    private static final int LEAST_SECRET_BYTES = 32;
    private static final String DEFAULT_NAME = "tidings";
    private static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(5);

    public TokenSettings(
            @Nullable String hs256Secret,
            @Nullable URI jwksUrl,
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable Duration clockSkew) {
        this.hs256Secret = hs256Secret == null || hs256Secret.isBlank() ? null : hs256Secret;
        this.jwksUrl = jwksUrl == null || jwksUrl.toString().isBlank() ? null : jwksUrl;
        this.issuer = issuer == null || issuer.isBlank() ? DEFAULT_NAME : issuer;
        this.audience = audience == null || audience.isBlank() ? DEFAULT_NAME : audience;
        this.clockSkew = clockSkew == null ? DEFAULT_CLOCK_SKEW : clockSkew;
        if (this.hs256Secret == null && this.jwksUrl == null) {
            throw new IllegalArgumentException("no token can be verified: set TIDINGS_JWT_HS256_SECRET (a shared"
                    + " secret of at least 32 bytes), TIDINGS_JWT_JWKS_URL (the URL of public keys), or both");
        }
        if (this.hs256Secret != null && this.hs256Secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "TIDINGS_JWT_HS256_SECRET is shorter than 32 bytes (RFC 7518, 3.2): set a longer one, such as the"
                            + " output of 'openssl rand -base64 48'");
        }
        if (this.clockSkew.isNegative()) {
            throw new IllegalArgumentException("tidings.tokens.clock-skew is negative: " + this.clockSkew);
        }
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "TokenSettings[hs256=%s, jwksUrl=%s, issuer=%s, audience=%s, clockSkew=%s]"
                .formatted(hs256Secret != null, jwksUrl, issuer, audience, clockSkew);
    }
}
