package dev.tidings.systemtests.stack;

import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a system under test. It is below {@code target}, so the logs of a failed run remain. */
public final class StackFolder {

    private StackFolder() {}

    /** Creates an empty folder. */
    public static Path fresh(String prefix) {
        try {
            Path parent = Files.createDirectories(ProjectRoot.find().resolve("system-tests/target/stack"));
            return Files.createTempDirectory(parent, prefix + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
