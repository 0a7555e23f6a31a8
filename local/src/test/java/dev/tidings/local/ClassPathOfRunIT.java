package dev.tidings.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.ProjectRoot;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ./run} has a class path of its own, which no other test runs on. */
class ClassPathOfRunIT {

    @Test
    void itReachesWhatReadsTheComponentFiles() throws Exception {
        try (URLClassLoader run = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            assertThat(run.loadClass(DaprComponents.class.getName())
                            .getMethod("protectedTopics", Path.class)
                            .invoke(null, DaprComponents.folder()))
                    .isEqualTo(DaprComponents.protectedTopics(DaprComponents.folder()));
        }
    }

    private static URL[] classPath() throws Exception {
        Path target = ProjectRoot.find().resolve("local/target");
        List<URL> entries = new ArrayList<>();
        entries.add(target.resolve("classes").toUri().toURL());
        for (String entry : Files.readString(target.resolve("dependencies.classpath"))
                .strip()
                .split(File.pathSeparator)) {
            entries.add(Path.of(entry).toUri().toURL());
        }
        return entries.toArray(URL[]::new);
    }
}
