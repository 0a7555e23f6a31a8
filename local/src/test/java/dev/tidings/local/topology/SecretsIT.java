package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.local.supervision.Problem;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsIT {

    @TempDir
    Path folder;

    @Test
    void theyAreMadeOnceAndOnlyTheirOwnerCanReadThem() throws IOException {
        Secrets made = Secrets.of(folder);

        assertThat(Secrets.of(folder)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**secrets?*");
    }

    @Test
    void twoFoldersNeverShareThem() {
        assertThat(Secrets.of(folder.resolve("a")).jwt())
                .isNotEqualTo(Secrets.of(folder.resolve("b")).jwt());
    }

    @Test
    void theyNeverShowInALog() {
        Secrets secrets = Secrets.of(folder);

        assertThat(secrets.toString()).doesNotContain(secrets.jwt(), secrets.cluster());
    }

    @Test
    void theServicesAcceptTheTokensIssuedWithThem() {
        Secrets secrets = Secrets.of(folder);
        TokenVerifier verifier = TokenVerifier.of(
                new TokenSettings(secrets.jwt(), null, Secrets.ISSUER, Secrets.AUDIENCE, Duration.ZERO),
                Clock.systemUTC());

        Verification verification =
                verifier.verify(secrets.tokenIssuer().issue("ada", Role.TRAINER, Duration.ofMinutes(1)));

        assertThat(verification)
                .isInstanceOfSatisfying(
                        Verification.VerifiedToken.class,
                        accepted -> assertThat(accepted.identity().role()).isEqualTo(Role.TRAINER));
    }

    @Test
    void aDamagedFileIsNamedWithWhatToDo() throws IOException {
        Files.writeString(folder.resolve("secrets"), "nonsense\n");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Secrets.of(folder))
                .withMessageContaining(folder.resolve("secrets").toString())
                .withMessageContaining("Remove the file");
    }
}
