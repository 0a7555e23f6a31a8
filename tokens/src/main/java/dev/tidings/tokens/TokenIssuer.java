package dev.tidings.tokens;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * Issues HS256 tokens for {@code ./run token} and for tests. In production an identity provider issues the tokens and
 * publishes its keys as JWKS. Safe for any thread.
 */
public final class TokenIssuer {
    private final SecretKey key;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    private TokenIssuer(SecretKey key, String issuer, String audience, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /** @param secret at least 32 bytes */
    public static TokenIssuer hs256(String secret, String issuer, String audience, Clock clock) {
        return new TokenIssuer(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)), issuer, audience, clock);
    }

    /** Returns a token in compact form that expires after {@code ttl}. */
    public String issue(String userId, Role role, Duration ttl) {
        Instant now = clock.instant();
        return Jwts.builder()
                .id(UUID.randomUUID().toString())
                .subject(userId)
                .claim("role", role.wireName())
                .issuer(issuer)
                .audience()
                .add(audience)
                .and()
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(ttl)))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }
}
