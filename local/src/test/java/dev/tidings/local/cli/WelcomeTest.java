package dev.tidings.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WelcomeTest {
    private final StackOptions options = StackOptions.standard(Path.of("."));

    @Test
    void itSaysWhatIsOpenForDevelopment() {
        assertThat(Welcome.system(options, "a.token.x", Duration.ofSeconds(20)))
                .contains("refused in profile production:", "Sign-in ", "Payments ", "Data ")
                .doesNotContain("--insecure");
    }

    @Test
    void withTheSwitchForSocketsItSaysThatToo() {
        assertThat(Welcome.system(options.with(Switch.INSECURE), "a.token.x", Duration.ofSeconds(20)))
                .contains("--insecure", "user_id");
    }
}
