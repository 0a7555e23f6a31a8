package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.systemtests.stack.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/requirements.md} lists, for each requirement, the tests that name its id. {@code make docs} writes the column.
 */
class EveryRequirementNamesItsTestsTest {

    @Test
    void theColumnOfTestsIsUpToDate() throws IOException {
        String expected = String.join("\n", Requirements.withTests()) + "\n";
        if (Boolean.getBoolean("tidings.docs.write")) {
            Files.writeString(ProjectRoot.find().resolve(Requirements.DOCUMENT), expected);
            return;
        }
        assertThat(ProjectRoot.find().resolve(Requirements.DOCUMENT))
                .as("made from the ids that tests name: run `make docs`")
                .hasContent(expected);
    }

    @Test
    void aRequirementWithoutATestSaysWhy() {
        assertThat(Requirements.unproven())
                .as("name the id in the test that proves it, or write '%s<reason>'", Requirements.NO_TEST)
                .isEmpty();
        assertThat(Requirements.ids()).hasSizeGreaterThan(50);
    }
}
