package dev.tidings.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.UserId;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token's {@code sub} is judged by the definition of a user id, and carried unchanged (R-WS-5). */
class UserIdsInTokensTest {
    private static final String SECRET = UUID.randomUUID() + "-" + UUID.randomUUID();

    private final TokenVerifier verifier =
            TokenVerifier.of(new TokenSettings(SECRET, null, null, null, null), Clock.systemUTC());

    @Test
    void theExamplesAreJudgedAsTheDefinitionDoes() {
        JsonNode examples = JsonMapper.shared().readTree(UserId.class.getResourceAsStream("user-ids.json"));
        for (String kind : new String[] {"accepted", "refused"}) {
            assertThat(examples.path(kind).size()).isPositive();
            examples.path(kind)
                    .forEach(example -> assertJudged(example.path("id").stringValue()));
        }
    }

    @Property(tries = 500)
    void anyTextIsJudgedAsTheDefinitionDoes(@ForAll @StringLength(max = 140) String text) {
        assertJudged(text);
    }

    private void assertJudged(String sub) {
        Verification verification = verifier.verify(token(sub));
        String complaint = UserId.complaint(sub);
        if (complaint.isEmpty()) {
            assertThat(verification)
                    .isInstanceOfSatisfying(
                            VerifiedToken.class,
                            accepted -> assertThat(accepted.identity().userId()).isEqualTo(sub));
        } else {
            assertThat(verification).isInstanceOf(InvalidToken.class);
            assertThat(((InvalidToken) verification).detail())
                    .matches("the token('s 'sub' is not a user id: it .*| names no user \\(sub\\))");
        }
    }

    /** By hand, since builders of tokens refuse or repair some texts. Characters beyond ASCII are escaped, as JSON allows. */
    private static String token(String sub) {
        StringBuilder escaped = new StringBuilder();
        sub.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        String claims = "{\"sub\":\"%s\",\"role\":\"user\",\"iss\":\"tidings\",\"aud\":\"tidings\",\"exp\":%d}"
                .formatted(escaped, Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
        String signed = base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
