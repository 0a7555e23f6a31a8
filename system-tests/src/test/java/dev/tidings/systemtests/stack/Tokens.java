package dev.tidings.systemtests.stack;

import dev.tidings.tokens.Role;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;

/** Tokens of every kind, good and bad. Remembers each, so that no log may hold one. */
public final class Tokens {

    private static final String ISSUER = "tidings";
    private static final String AUDIENCE = "tidings";
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    private final SecretKey key;
    private final Set<String> issued = ConcurrentHashMap.newKeySet();

    Tokens(String secret) {
        this.key = Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** HS256, role {@code user}, good for an hour. */
    public String of(String userId) {
        return of(userId, Role.USER);
    }

    public String of(String userId, Role role) {
        return of(userId, role, USUAL_LIFE);
    }

    public String of(String userId, Role role, Duration life) {
        return with(jwt -> jwt.subject(userId).claim("role", role.wireName()).expiration(in(life)));
    }

    /** A good token but for what the change does to it; the change may also sign it. */
    public String with(UnaryOperator<JwtBuilder> change) {
        JwtBuilder builder = Jwts.builder()
                .issuer(ISSUER)
                .audience()
                .add(AUDIENCE)
                .and()
                .expiration(in(USUAL_LIFE))
                .signWith(key, Jwts.SIG.HS256);
        return remember(change.apply(builder).compact());
    }

    /** Signed by the issuer whose keys the services fetch. */
    public String signedBy(JwksServer.SigningKey signer, String userId) {
        return with(jwt -> signer.sign(jwt.subject(userId)));
    }

    public String remember(String token) {
        issued.add(token);
        return token;
    }

    /** All that were made so far. */
    public Set<String> issued() {
        return Set.copyOf(issued);
    }

    public static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }
}
