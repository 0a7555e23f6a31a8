package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.local.supervision.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleSpecTest {

    @Test
    void aMissingProgramIsNamedWithWhatToDo() {
        ExampleSpec example = new ExampleSpec("greetings", 0, "no-such-program", "greetings/greetings.xyz");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> example.command(Path.of("/")))
                .withMessage("the example greetings needs no-such-program, which is not on the PATH."
                        + " Install it, or start without --examples.");
    }
}
