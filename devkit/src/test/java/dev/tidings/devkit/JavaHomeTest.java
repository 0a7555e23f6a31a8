package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaHomeTest {

    @TempDir
    private Path folder;

    @Test
    void theFirstOneThatIsNewEnoughIsTaken() throws IOException {
        JavaHome found = JavaHome.locate(List.of(folder.resolve("missing"), jdk("17.0.15"), jdk("25.0.1"), jdk("26")));

        assertThat(found.version()).isEqualTo(25);
        assertThat(found.java()).isExecutable();
    }

    @Test
    void withoutOneItSaysWhatIsThereAndWhatToInstall() throws IOException {
        List<Path> candidates = List.of(jdk("17.0.15"));

        assertThatThrownBy(() -> JavaHome.locate(candidates))
                .hasMessageContainingAll("No JDK 25", "only 17 in " + candidates.getFirst(), "Install");
    }

    @ParameterizedTest
    @CsvSource({"25,25", "25.0.1,25", "'\"21.0.2\"',21", "1.8.0_392,8", "26-ea,26"})
    void theMajorVersionIsTheFirstNumberButForOldOnes(String version, int major) {
        assertThat(JavaHome.majorOf(version)).hasValue(major);
    }

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }
}
