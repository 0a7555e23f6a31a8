package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.systemtests.stack.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/release} on a copy of the files that contain the version. */
class AReleaseSetsEveryVersionTest {
    private static final Path ROOT = ProjectRoot.find();
    private static final List<String> OTHERS = List.of(
            "charts/tidings/Chart.yaml",
            "client/package.json",
            "client/package-lock.json",
            "CHANGELOG.md",
            "UPGRADING.md",
            "tools/release");

    @TempDir
    Path copy;

    @BeforeEach
    void copyTheProject() throws IOException, InterruptedException {
        Stream<String> poms = ProjectFiles.all().stream().filter(file -> ("/" + file).endsWith("/pom.xml"));
        for (String file : Stream.concat(poms, OTHERS.stream()).toList()) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        run("git", "init", "--quiet");
        run("git", "add", "--all");
        run("git", "commit", "--quiet", "--message", "before");
    }

    @Test
    void theReleaseHasItsVersionAndTheNextOneIsASnapshot() throws IOException, InterruptedException {
        assertThat(run("tools/release", "7.1.0")).contains("Released 7.1.0");

        assertThat(versions("7.2.0-SNAPSHOT")).isEmpty();
        assertThat(text("charts/tidings/Chart.yaml")).contains("\nversion: 7.2.0\n", "\nappVersion: 7.2.0-SNAPSHOT\n");

        run("git", "checkout", "--quiet", "v7.1.0");
        assertThat(versions("7.1.0")).isEmpty();
        assertThat(text("charts/tidings/Chart.yaml")).contains("\nversion: 7.1.0\n", "\nappVersion: 7.1.0\n");
        assertThat(text("client/package.json")).contains("\"version\": \"7.1.0\"");
        assertThat(text("client/package-lock.json").split("\"version\": \"7.1.0\"", -1))
                .hasSize(3);
        assertThat(text("CHANGELOG.md"))
                .containsPattern("## \\[Unreleased]\\n\\n## \\[7\\.1\\.0] - \\d{4}-\\d\\d-\\d\\d\\n");
        assertThat(text("UPGRADING.md")).contains("## To the next release\n\nNothing yet.\n\n## To 7.1.0\n");
    }

    @Test
    void aReleaseThatIsNotPreparedIsRefusedAndChangesNothing() throws IOException, InterruptedException {
        assertThat(run("tools/release", "7.1")).contains("give a version");
        run("git", "tag", "v7.1.0");
        assertThat(run("tools/release", "7.1.0")).contains("the tag v7.1.0 exists");
        Files.writeString(copy.resolve("CHANGELOG.md"), "# Changelog\n\n## [Unreleased]\n");
        assertThat(run("tools/release", "7.2.0")).contains("has changes");
        run("git", "commit", "--quiet", "--all", "--message", "empty");
        assertThat(run("tools/release", "7.2.0")).contains("no entries");

        assertThat(run("git", "status", "--porcelain")).isEmpty();
        assertThat(run("git", "tag")).isEqualTo("v7.1.0\n");
    }

    /** The poms whose own version or parent's version is another one. */
    private List<String> versions(String expected) {
        return ProjectFiles.all().stream()
                .filter(file -> ("/" + file).endsWith("/pom.xml"))
                .filter(file -> !text(file).contains("<version>" + expected + "</version>"))
                .toList();
    }

    private String text(String file) {
        try {
            return Files.readString(copy.resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(copy.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_AUTHOR_NAME", "Tidings",
                        "GIT_AUTHOR_EMAIL", "tidings@example.com",
                        "GIT_COMMITTER_NAME", "Tidings",
                        "GIT_COMMITTER_EMAIL", "tidings@example.com"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
