package dev.tidings.backend.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** R-OP-2: the list of verdicts is closed, documented, and each names the next thing to do. */
class VerdictTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\w–]+) \\| ([\\w ]+) \\| .+ \\|$");

    @Test
    void every_verdict_is_documented_with_its_stage_and_outcome() throws IOException {
        String document = Files.readString(ProjectRoot.find().resolve("docs/operations/troubleshooting.md"));
        List<String> documented = ROW.matcher(document)
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(Verdict.values())
                        .map(verdict -> verdict.because("").view())
                        .map(view -> view.code() + " " + (view.stoppedAt() == null ? "–" : view.stoppedAt()) + " "
                                + view.outcome().replace('_', ' '))
                        .toList());
    }

    @Test
    void every_verdict_names_the_next_thing_to_do_in_a_sentence() {
        assertThat(Verdict.values())
                .allSatisfy(verdict -> assertThat(verdict.next()).matches("[A-Z].{10,}\\."));
    }

    @Test
    void the_api_document_lists_every_verdict() throws IOException {
        String document = Files.readString(ProjectRoot.find().resolve("docs/api/backend.openapi.yaml"));

        assertThat(document)
                .contains("enum: ["
                        + String.join(
                                ", ",
                                Arrays.stream(Verdict.values())
                                        .map(Verdict::wireName)
                                        .toList())
                        + "]");
    }
}
