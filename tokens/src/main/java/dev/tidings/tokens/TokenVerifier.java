package dev.tidings.tokens;

import dev.tidings.events.UserId;
import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import dev.tidings.tokens.Verification.VerifiedToken;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.IncorrectClaimException;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.MissingClaimException;
import io.jsonwebtoken.PrematureJwtException;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.SignatureException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Verifies bearer tokens (R-WS-5). Safe for any thread; see the package for when it fetches keys. */
public final class TokenVerifier {
    /** Longer tokens are rejected without parsing. */
    public static final int MAX_TOKEN_CHARS = 8192;

    private final @Nullable SecretKey hs256Key;
    private final @Nullable JwksKeys jwksKeys;
    private final Clock clock;
    private final Duration clockSkew;
    private final JwtParser parser;

    private TokenVerifier(TokenSettings settings, @Nullable JwksKeys jwksKeys, Clock clock) {
        String secret = settings.hs256Secret();
        this.hs256Key = secret == null ? null : Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8));
        this.jwksKeys = jwksKeys;
        this.clock = clock;
        this.clockSkew = settings.clockSkew();
        this.parser = Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .add(Jwts.SIG.RS256)
                .add(Jwts.SIG.ES256)
                .and()
                .keyLocator(this::keyFor)
                .requireIssuer(settings.issuer())
                .requireAudience(settings.audience())
                .clockSkewSeconds(clockSkew.toSeconds())
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    /** Creates a verifier that fetches keys from {@link TokenSettings#jwksUrl} if it is set. */
    public static TokenVerifier of(TokenSettings settings, Clock clock) {
        JwksKeys keys = settings.jwksUrl() == null ? null : new JwksKeys(new JwksEndpoint(settings.jwksUrl()), clock);
        return new TokenVerifier(settings, keys, clock);
    }

    /** Creates a verifier with another source of the JWKS document. */
    static TokenVerifier of(TokenSettings settings, JwksSource jwks, Clock clock) {
        return new TokenVerifier(settings, new JwksKeys(jwks, clock), clock);
    }

    /** Verifies a token in compact form (RFC 7519). Blocks only for an unknown key, for at most the JWKS timeout. */
    public Verification verify(String compactJwt) {
        if (compactJwt.length() > MAX_TOKEN_CHARS) {
            return new InvalidToken("the token is longer than " + MAX_TOKEN_CHARS + " characters");
        }
        try {
            return checkClaims(parser.parseSignedClaims(compactJwt).getPayload());
        } catch (ExpiredJwtException e) {
            return new Expired(
                    "the token expired at " + e.getClaims().getExpiration().toInstant() + "; get a new one");
        } catch (PrematureJwtException e) {
            return new InvalidToken("the token is not valid yet (nbf)");
        } catch (MissingClaimException | IncorrectClaimException e) {
            String claim = e instanceof MissingClaimException m
                    ? m.getClaimName()
                    : ((IncorrectClaimException) e).getClaimName();
            return new InvalidToken("the token's '" + claim + "' is missing or not the one this service expects");
        } catch (KeysUnavailableException e) {
            return new KeysUnavailable("the keys that verify this token cannot be fetched; try again later");
        } catch (SignatureException e) {
            return new InvalidToken("the token's signature does not match");
        } catch (UnsupportedJwtException e) {
            return new InvalidToken("the token is not signed by an algorithm or key that this service accepts");
        } catch (JwtException | IllegalArgumentException e) {
            return new InvalidToken("the token is not a well-formed JWT");
        }
    }

    private Verification checkClaims(Claims claims) {
        if (claims.getExpiration() == null) {
            return new InvalidToken("the token has no expiry (exp)");
        }
        String userId = claims.getSubject();
        if (userId == null) {
            return new InvalidToken("the token names no user (sub)");
        }
        String complaint = UserId.complaint(userId);
        if (!complaint.isEmpty()) {
            return new InvalidToken("the token's 'sub' is not a user id: it " + complaint);
        }
        Object claimedRole = claims.getOrDefault("role", Role.USER.wireName());
        Optional<Role> role = claimedRole instanceof String name ? Role.of(name) : Optional.empty();
        if (role.isEmpty()) {
            return new InvalidToken("the token's 'role' is none of student, trainer, admin, user, operator");
        }
        return new VerifiedToken(
                new Identity(userId, role.get(), expiry(claims.getExpiration().toInstant())));
    }

    /** A token whose {@code exp} has just passed is valid until the skew ends. */
    private Instant expiry(Instant exp) {
        return exp.isAfter(clock.instant()) ? exp : exp.plus(clockSkew);
    }

    /** Chooses the key by the algorithm, so an RSA public key is never used as an HMAC secret. */
    private Key keyFor(Header header) {
        if (header instanceof JwsHeader jws) {
            boolean symmetric = Jwts.SIG.HS256.getId().equals(jws.getAlgorithm());
            if (symmetric && hs256Key != null) {
                return hs256Key;
            }
            if (!symmetric && jwksKeys != null) {
                return jwksKeys.keyFor(jws.getAlgorithm(), jws.getKeyId());
            }
        }
        throw new UnsupportedJwtException("no key for this kind of token");
    }
}
