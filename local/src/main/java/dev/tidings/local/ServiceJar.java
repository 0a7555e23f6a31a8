package dev.tidings.local;

import dev.tidings.devkit.JavaHome;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The runnable jar that the build made of a service's module, and what it unpacks to.
 *
 * <p>A service runs unpacked: jars inside of a jar cost it a third of its start (17 s of CPU against 11 s for the backend on a
 * busy machine with two cores), and a build then changes nothing under a running process.
 */
final class ServiceJar {

    /** Of the latest build and the one before, which may still run. */
    private static final int KEPT = 2;

    private ServiceJar() {}

    /**
     * The jar to start with {@code -jar}, in a folder beside its libraries. Unpacked once for each build.
     *
     * @throws Problem if there is no build
     */
    static synchronized Path unpacked(JavaHome java, Path projectRoot, String module) {
        Path target = projectRoot.resolve(module).resolve("target");
        Path jar = find(target, module);
        try {
            String build = "%x-%x".formatted(Files.getLastModifiedTime(jar).toMillis(), Files.size(jar));
            Path folder = target.resolve("unpacked").resolve(build);
            if (!Files.isDirectory(folder)) {
                unpack(java, jar, folder);
                removeOlderThan(KEPT, folder);
            }
            return folder.resolve(jar.getFileName());
        } catch (IOException e) {
            throw Problem.cannotWrite(target, e);
        }
    }

    private static Path find(Path target, String module) {
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*.jar")) {
                for (Path jar : jars) {
                    if (!jar.toString().matches(".*-(sources|javadoc|tests)\\.jar")) {
                        return jar;
                    }
                }
            } catch (IOException e) {
                throw Problem.of("cannot read %s (%s)".formatted(target, e), e);
            }
        }
        throw Problem.notBuilt(target.resolve(module + "-<version>.jar"));
    }

    /** In a draft that is moved to its place when it is complete: tests may do the same at the same time. */
    private static void unpack(JavaHome java, Path jar, Path folder) throws IOException {
        Path all = Files.createDirectories(Objects.requireNonNull(folder.getParent()));
        Path draft = Files.createTempDirectory(all, ".draft");
        Process process = new ProcessBuilder(
                        java.java().toString(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        draft.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            Folders.delete(draft);
            throw Problem.of("%s does not unpack (exit code %d). Build it anew: mvn clean package -DskipTests"
                    .formatted(Problem.shown(jar), exitCode));
        }
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException somebodyWasFaster) {
            Folders.delete(draft);
        }
    }

    private static void removeOlderThan(int kept, Path newest) throws IOException {
        @Nullable Path all = newest.getParent();
        List<Path> builds = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Objects.requireNonNull(all), "[!.]*")) {
            folders.forEach(builds::add);
        }
        builds.sort(Comparator.comparing(Path::toString).reversed()); // the time comes first in the name
        for (Path old : builds.subList(Math.min(kept, builds.size()), builds.size())) {
            Folders.delete(old);
        }
    }
}
