package dev.tidings.tokens;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the public keys of a JWKS document. A token with an unknown key id causes a fetch, at most one per {@link #LEAST_PAUSE},
 * so that forged key ids cannot flood the issuer. A document older than {@link #FRESH} is fetched again, so that a withdrawn key
 * is rejected. While the issuer is unavailable, known keys stay valid until they are {@link #STALE}. Safe for any thread; one fetch at
 * a time.
 */
final class JwksKeys {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration STALE = Duration.ofHours(1);
    static final Duration LEAST_PAUSE = Duration.ofSeconds(5);

    private static final int LEAST_RSA_BITS = 2048;
    private static final int P256_BITS = 256;

    private static final Logger log = LoggerFactory.getLogger(JwksKeys.class);

    private final JwksSource source;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile Document document = new Document(List.of(), Instant.EPOCH);

    @GuardedBy("fetching")
    private Instant lastAttempt = Instant.EPOCH;

    @GuardedBy("fetching")
    private @Nullable IOException lastFailure;

    JwksKeys(JwksSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Returns the key with the id that matches the algorithm (RS256 or ES256).
     *
     * @param keyId null if the token names none; then exactly one key of the document must match
     * @throws UnsupportedJwtException if the issuer publishes no such key
     * @throws KeysUnavailableException if the keys cannot be fetched
     */
    Key keyFor(String algorithm, @Nullable String keyId) {
        Document known = document;
        if (known.age(clock).compareTo(FRESH) > 0 || known.find(algorithm, keyId) == null) {
            known = fetchAgain(known);
        }
        PublicKey key = known.find(algorithm, keyId);
        if (key == null) {
            throw new UnsupportedJwtException("the issuer publishes no key that matches this token");
        }
        return key;
    }

    private Document fetchAgain(Document seen) {
        fetching.lock();
        try {
            if (document == seen && !clock.instant().isBefore(lastAttempt.plus(LEAST_PAUSE))) {
                attempt();
            }
            if (lastFailure != null && document.age(clock).compareTo(STALE) > 0) {
                throw new KeysUnavailableException("no keys from " + source, lastFailure);
            }
            return document;
        } finally {
            fetching.unlock();
        }
    }

    @GuardedBy("fetching")
    private void attempt() {
        lastAttempt = clock.instant();
        try {
            document = new Document(parse(source.fetch()), clock.instant());
            lastFailure = null;
        } catch (IOException e) {
            lastFailure = e;
            log.warn(
                    "Fetching JWKS from {} failed ({}); known keys stay valid for {} min, next attempt with a token after"
                            + " {} s or more",
                    source,
                    e.getMessage(),
                    STALE.toMinutes(),
                    LEAST_PAUSE.toSeconds());
        }
    }

    private static List<Jwk<?>> parse(String json) throws IOException {
        try {
            return List.copyOf(Jwks.setParser().build().parse(json).getKeys());
        } catch (JwtException | IllegalArgumentException e) {
            throw new IOException("not a JWKS document: " + e.getMessage(), e);
        }
    }

    private record Document(List<Jwk<?>> keys, Instant fetchedAt) {
        Duration age(Clock clock) {
            return Duration.between(fetchedAt, clock.instant());
        }

        @Nullable
        PublicKey find(String algorithm, @Nullable String keyId) {
            List<PublicKey> fitting = keys.stream()
                    .filter(jwk -> keyId == null || keyId.equals(jwk.getId()))
                    .filter(jwk -> isForVerifying(jwk, algorithm))
                    .map(Jwk::toKey)
                    .filter(key -> isStrongEnough(key, algorithm))
                    .map(PublicKey.class::cast)
                    .toList();
            return fitting.size() == 1 ? fitting.getFirst() : null;
        }

        /** Checks the intended use of a key: {@code use}, {@code key_ops} and {@code alg} (RFC 7517, 4.2 to 4.4). */
        private static boolean isForVerifying(Jwk<?> jwk, String algorithm) {
            Object use = jwk.get("use");
            return (use == null || use.equals("sig"))
                    && (jwk.getOperations() == null
                            || jwk.getOperations().isEmpty()
                            || jwk.getOperations().contains(Jwks.OP.VERIFY))
                    && (jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(algorithm));
        }

        /** Checks type and size of a public key (RFC 7518): RSA of 2048 bits or more, or P-256. */
        private static boolean isStrongEnough(Key key, String algorithm) {
            return switch (key) {
                case RSAPublicKey rsa ->
                    algorithm.equals("RS256") && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
                case ECPublicKey ec ->
                    algorithm.equals("ES256")
                            && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS;
                default -> false;
            };
        }
    }
}
