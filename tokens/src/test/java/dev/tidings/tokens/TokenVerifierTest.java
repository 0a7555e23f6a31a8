package dev.tidings.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import dev.tidings.tokens.Verification.VerifiedToken;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R-WS-5: which tokens are good. */
class TokenVerifierTest {
    private static final String SECRET = UUID.randomUUID() + "-" + UUID.randomUUID();
    private static final KeyPair RSA = Jwts.SIG.RS256.keyPair().build();
    private static final KeyPair RSA_NEXT = Jwts.SIG.RS256.keyPair().build();
    private static final KeyPair EC = Jwts.SIG.ES256.keyPair().build();

    private final SettableClock clock = new SettableClock();
    private final Issuer issuer = new Issuer();
    private final TokenVerifier verifier = TokenVerifier.of(
            new TokenSettings(SECRET, URI.create("http://issuer.test/jwks"), "tidings", "tidings", Duration.ZERO),
            issuer,
            clock);

    @ParameterizedTest
    @EnumSource(Role.class)
    void anIssuedTokenNamesItsUserAndRole(Role role) {
        TokenIssuer tokens = TokenIssuer.hs256(SECRET, "tidings", "tidings", clock);

        Verification verification = verifier.verify(tokens.issue("user-123", role, Duration.ofHours(1)));

        assertThat(verification)
                .isEqualTo(new VerifiedToken(
                        new Identity("user-123", role, clock.instant().plus(Duration.ofHours(1)))));
    }

    @Test
    void rs256AndEs256AreVerifiedByThePublishedKeys() {
        issuer.publish("rsa-1", RSA.getPublic());
        issuer.publish("ec-1", EC.getPublic());

        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(VerifiedToken.class);
        assertThat(verifier.verify(signedBy(EC, "ec-1"))).isInstanceOf(VerifiedToken.class);
        assertThat(issuer.fetches).isEqualTo(1);
    }

    @Test
    void aRotatedKeyIsFetchedWhenATokenFirstNamesItAndTheOldOneIsRefusedFromThenOn() {
        issuer.publish("rsa-1", RSA.getPublic());
        verifier.verify(signedBy(RSA, "rsa-1"));

        issuer.withdrawAll();
        issuer.publish("rsa-2", RSA_NEXT.getPublic());
        clock.pass(JwksKeys.LEAST_PAUSE);

        assertThat(verifier.verify(signedBy(RSA_NEXT, "rsa-2"))).isInstanceOf(VerifiedToken.class);
        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aWithdrawnKeyIsRefusedAtTheLatestWhenTheDocumentIsNoLongerFresh() {
        issuer.publish("rsa-1", RSA.getPublic());
        verifier.verify(signedBy(RSA, "rsa-1"));
        issuer.withdrawAll();
        issuer.publish("rsa-2", RSA_NEXT.getPublic());

        clock.pass(JwksKeys.FRESH.plusSeconds(1));

        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"key_ops\":[\"encrypt\"]",
                "\"key_ops\":[\"sign\"]",
                "\"alg\":\"RS512\"",
                "\"alg\":\"RSA-OAEP\"",
            })
    void aKeyThatIsPublishedForAnotherPurposeVerifiesNothing(String purpose) {
        issuer.publish("rsa-1", RSA.getPublic(), purpose);

        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"use\":\"sig\"", "\"key_ops\":[\"verify\"]", "\"alg\":\"RS256\"", "\"x\":\"y\""})
    void aKeyThatIsPublishedForSignaturesVerifiesThem(String purpose) {
        issuer.publish("rsa-1", RSA.getPublic(), purpose);

        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(VerifiedToken.class);
    }

    @Test
    void aKeyOfAnotherPurposeDoesNotStandInTheWayOfTheOneForSignatures() {
        issuer.publish("enc", RSA_NEXT.getPublic(), "\"use\":\"enc\"");
        issuer.publish("sig", RSA.getPublic(), "\"use\":\"sig\"");
        String withoutKeyId = claims().signWith(RSA.getPrivate()).compact();

        assertThat(verifier.verify(withoutKeyId)).isInstanceOf(VerifiedToken.class);
    }

    @Test
    void aWeakRsaKeyVerifiesNothing() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair weak = generator.generateKeyPair();
        issuer.publish("weak", weak.getPublic());
        String[] good = signedBy(RSA, "weak").split("\\.");
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(weak.getPrivate());
        signer.update((good[0] + "." + good[1]).getBytes(StandardCharsets.US_ASCII));
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());

        assertThat(verifier.verify(good[0] + "." + good[1] + "." + signature)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void bothServicesAllowTheSameClockSkewByDefault() {
        TokenVerifier byDefault = TokenVerifier.of(new TokenSettings(SECRET, null, null, null, null), clock);

        for (int seconds : new int[] {-3, 3}) {
            Instant then = clock.instant().plusSeconds(seconds);
            assertThat(byDefault.verify(hs256(claims().notBefore(Date.from(then)))))
                    .isInstanceOf(VerifiedToken.class);
            assertThat(byDefault.verify(hs256(claims().expiration(Date.from(then)))))
                    .isInstanceOfSatisfying(
                            VerifiedToken.class,
                            accepted -> assertThat(accepted.identity().expiresAt())
                                    .as("a connection that is let in has some time left")
                                    .isAfter(clock.instant()));
        }
        assertThat(byDefault.verify(
                        hs256(claims().notBefore(Date.from(clock.instant().plusSeconds(7))))))
                .isInstanceOf(InvalidToken.class);
        assertThat(byDefault.verify(
                        hs256(claims().expiration(Date.from(clock.instant().minusSeconds(7))))))
                .isInstanceOf(Expired.class);
    }

    @Test
    void forgedKeyIdsDoNotFloodTheIssuer() {
        issuer.publish("rsa-1", RSA.getPublic());

        for (int i = 0; i < 100; i++) {
            assertThat(verifier.verify(signedBy(RSA_NEXT, "forged-" + i))).isInstanceOf(InvalidToken.class);
        }

        assertThat(issuer.fetches).isEqualTo(1);
    }

    @Test
    void knownKeysStayGoodForAWhileWhenTheIssuerIsAway() {
        issuer.publish("rsa-1", RSA.getPublic());
        verifier.verify(signedBy(RSA, "rsa-1"));
        issuer.away = true;

        clock.pass(JwksKeys.FRESH.plusSeconds(1));
        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(VerifiedToken.class);

        clock.pass(JwksKeys.STALE);
        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void anIssuerThatWasNeverReachedMakesATokenNeitherGoodNorBad() {
        issuer.away = true;

        assertThat(verifier.verify(signedBy(RSA, "rsa-1"))).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void anExpiredTokenIsToldApartFromABadOne() {
        String token = TokenIssuer.hs256(SECRET, "tidings", "tidings", clock)
                .issue("user-123", Role.USER, Duration.ofSeconds(5));
        clock.pass(Duration.ofSeconds(6));

        assertThat(verifier.verify(token)).isInstanceOf(Expired.class);
    }

    @Test
    void anExpiredTokenWithAForeignSignatureIsABadOne() {
        String token = TokenIssuer.hs256(SECRET + "x", "tidings", "tidings", clock)
                .issue("user-123", Role.USER, Duration.ofSeconds(5));
        clock.pass(Duration.ofSeconds(6));

        assertThat(verifier.verify(token)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTamperedTokenIsRefused() {
        String[] parts = hs256(claims()).split("\\.");
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString("""
                        {"sub":"someone-else","role":"admin","iss":"tidings","aud":["tidings"],"exp":99999999999}""".getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.verify(parts[0] + "." + forged + "." + parts[2])).isInstanceOf(InvalidToken.class);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        assertThat(verifier.verify(claims().compact())).isInstanceOf(InvalidToken.class);
    }

    @Test
    void anotherAlgorithmOfTheSameSecretIsRefused() {
        String longSecret = SECRET + SECRET;
        TokenVerifier other =
                TokenVerifier.of(new TokenSettings(longSecret, null, "tidings", "tidings", Duration.ZERO), clock);
        String hs384 = claims().signWith(
                        Keys.hmacShaKeyFor(longSecret.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS384)
                .compact();

        assertThat(other.verify(hs384)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aPublicKeyCannotServeAsAnHmacSecret() {
        issuer.publish("rsa-1", RSA.getPublic());
        String confused = claims().header()
                .keyId("rsa-1")
                .and()
                .signWith(Keys.hmacShaKeyFor(RSA.getPublic().getEncoded()), Jwts.SIG.HS256)
                .compact();

        assertThat(verifier.verify(confused)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTokenBeforeItsTimeIsRefused() {
        assertThat(verifier.verify(
                        hs256(claims().notBefore(Date.from(clock.instant().plusSeconds(60))))))
                .isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        assertThat(verifier.verify(hs256(claims().issuer("someone")))).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertThat(verifier.verify(
                        hs256(claims().audience().clear().add("another").and())))
                .isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTokenWithoutExpiryIsRefused() {
        assertThat(verifier.verify(hs256(claims().expiration(null)))).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aTokenWithoutASubjectIsRefused() {
        assertThat(verifier.verify(hs256(claims().subject(null)))).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a||b", "new\nline", "nul\u0000"})
    void aSubjectThatCannotBeAUserIdIsRefused(String subject) {
        assertThat(verifier.verify(hs256(claims().subject(subject)))).isInstanceOf(InvalidToken.class);
    }

    @Test
    void aSubjectOfMoreThan128CharactersIsRefused() {
        assertThat(verifier.verify(hs256(claims().subject("x".repeat(128))))).isInstanceOf(VerifiedToken.class);
        assertThat(verifier.verify(hs256(claims().subject("x".repeat(129))))).isInstanceOf(InvalidToken.class);
    }

    @Test
    void anUnknownRoleIsRefusedAndNoneMeansUser() {
        assertThat(verifier.verify(hs256(claims().claim("role", "root")))).isInstanceOf(InvalidToken.class);
        assertThat(verifier.verify(hs256(claims().claim("role", 7)))).isInstanceOf(InvalidToken.class);
        assertThat(verifier.verify(hs256(claims().claim("role", null))))
                .isInstanceOfSatisfying(
                        VerifiedToken.class,
                        accepted -> assertThat(accepted.identity().role()).isEqualTo(Role.USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9..", "\u0000"})
    void garbageIsRefused(String garbage) {
        assertThat(verifier.verify(garbage)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void anOverlongTokenIsRefusedUnread() {
        assertThat(verifier.verify("x".repeat(TokenVerifier.MAX_TOKEN_CHARS + 1)))
                .isInstanceOf(InvalidToken.class);
    }

    @Test
    void aShortSecretOrNoKeyAtAllIsRefusedAtStart() {
        assertThatThrownBy(() -> new TokenSettings("short", null, "tidings", "tidings", Duration.ZERO))
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> new TokenSettings("", URI.create(""), "tidings", "tidings", Duration.ZERO))
                .hasMessageContaining("TIDINGS_JWT_HS256_SECRET");
    }

    @Test
    void settingsDoNotShowTheSecret() {
        assertThat(new TokenSettings(SECRET, null, "tidings", "tidings", Duration.ZERO).toString())
                .doesNotContain(SECRET);
    }

    private JwtBuilder claims() {
        return Jwts.builder()
                .subject("user-123")
                .claim("role", "student")
                .issuer("tidings")
                .audience()
                .add("tidings")
                .and()
                .expiration(Date.from(clock.instant().plusSeconds(3600)));
    }

    private static String hs256(JwtBuilder claims) {
        return claims.signWith(Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)
                .compact();
    }

    private String signedBy(KeyPair keys, String keyId) {
        return claims().header().keyId(keyId).and().signWith(keys.getPrivate()).compact();
    }

    /** An identity provider's JWKS document. */
    private static final class Issuer implements JwksSource {
        private final List<String> keys = new ArrayList<>();
        private int fetches;
        private boolean away;

        void publish(String keyId, PublicKey key) {
            var jwk = switch (key) {
                case RSAPublicKey rsa -> Jwks.builder().key(rsa).id(keyId).build();
                case ECPublicKey ec -> Jwks.builder().key(ec).id(keyId).build();
                default -> throw new IllegalArgumentException(key.getAlgorithm());
            };
            keys.add(Jwks.json(jwk));
        }

        /** @param member such as {@code "use":"enc"} */
        void publish(String keyId, PublicKey key, String member) {
            publish(keyId, key);
            keys.add(keys.removeLast().replaceFirst("\\{", "{" + member + ","));
        }

        void withdrawAll() {
            keys.clear();
        }

        @Override
        public String fetch() throws IOException {
            fetches++;
            if (away) {
                throw new IOException("connection refused");
            }
            return "{\"keys\":[" + String.join(",", keys) + "]}";
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-02-07T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
