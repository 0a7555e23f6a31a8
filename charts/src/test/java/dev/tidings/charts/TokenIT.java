package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification.VerifiedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R-DP-3: {@code charts/token} prints what NOTES.txt promises. */
class TokenIT {

    private static final String SECRET = "a key of at least thirty-two bytes, with \"quotes\" and a €";

    private final Program script = new Program(Chart.FOLDER.resolve("token"));

    @Test
    void theServicesAcceptWhatItPrints() {
        Program.Result result =
                script.run(Map.of("TIDINGS_JWT_HS256_SECRET", SECRET), "ada", "--role", "operator", "--ttl", "60");

        TokenVerifier verifier = TokenVerifier.of(
                new TokenSettings(SECRET, null, "tidings", "tidings", Duration.ofSeconds(5)), Clock.systemUTC());
        assertThat(verifier.verify(result.output().strip()))
                .asInstanceOf(type(VerifiedToken.class))
                .satisfies(accepted -> {
                    assertThat(accepted.identity().userId()).isEqualTo("ada");
                    assertThat(accepted.identity().role()).isEqualTo(Role.OPERATOR);
                });
    }

    @Test
    void aNameThatWouldBreakOutOfTheClaimsIsRefused() {
        Program.Result result = script.run(Map.of("TIDINGS_JWT_HS256_SECRET", SECRET), "ada\",\"role\":\"admin");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("charts/token <user>");
    }
}
