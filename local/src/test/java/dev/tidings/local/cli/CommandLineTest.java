package dev.tidings.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --fast                    | Unknown option: '--fast'
                    start                     | Unmatched argument at index 0: 'start'
                    --replicas 0              | --replicas must be at least 1
                    --replicas 21             | replicas must be from 0 to 20, not 21
                    --replicas two            | Invalid value for option '--replicas': 'two' is not an int
                    --port mysql=1            | no port is named 'mysql'; there are backend, websocket-service, workers, examples, postgres, redis, kafka
                    token                     | Missing required parameter: 'USER'
                    token ada --role king     | Invalid value for option '--role': 'king' is no role; there are student, trainer, admin, user, operator
                    token ada --ttl forever   | Invalid value for option '--ttl': 'forever' is no length of time; write 30s, 15m, 1h or 7d

                    why                       | Missing required parameter: 'ID'
                    why ada --backend http:x  | --backend needs --token
                    status --xml              | Unknown option: '--xml'
                    """)
    void whatCannotBeUnderstoodIsOneClearLineAndExitCodeTwo(String arguments, String reason) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("./run: %s. See ./run help%n", reason);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "Production", "production", " default", ""})
    void anotherProfileThanTheDefaultOneIsRefusedBeforeAnythingStarts(String profile) {
        assertThatThrownBy(() -> Main.refuseOtherProfiles(profile))
                .hasMessageContaining("'" + profile + "'")
                .hasMessageContaining("default and production");
        Main.refuseOtherProfiles("default");
        Main.refuseOtherProfiles(null);
    }

    @Test
    void helpNamesEveryCommandAndOption() {
        assertThat(run("help")).isZero();
        assertThat(out.toString())
                .contains(
                        "token", "status", "why", "stop", "reset", "--replicas", "--insecure", "--examples", "--port");
    }

    private int run(String arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments.split(" "));
    }
}
