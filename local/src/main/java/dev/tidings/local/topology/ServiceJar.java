package dev.tidings.local.topology;

import dev.tidings.devkit.JavaHome;
import dev.tidings.local.supervision.Folders;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.topology.StackOptions.Switch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The runnable jar that the build made of a service's module, as it is started: unpacked and rehearsed, once for each build.
 *
 * <p>Jars inside of a jar cost a service a third of its start; and a build then changes nothing under a running process. A
 * rehearsal leaves an AOT cache (JEP 483, 514, 515), which halves what is left: 5.7 s of CPU became 3.0 s.
 *
 * @param jar in a folder beside its libraries
 * @param imageFlags the files with the JVM flags of the image; empty for the flags of {@code ./run}. Each has a cache of its own
 */
record ServiceJar(Path jar, List<Path> imageFlags) {

    /** Variables of the shell that would change how a service behaves. */
    static final String[] FOREIGN_SETTINGS = {"JAVA_TOOL_OPTIONS", "SPRING_PROFILES_ACTIVE", "SPRING_APPLICATION_JSON"};

    /** Of the latest build and the one before, which may still run. */
    private static final int KEPT = 2;

    private static final Duration REHEARSAL = Duration.ofMinutes(3);

    /**
     * Unpacks it if this build was not unpacked yet.
     *
     * @throws Problem if there is no build
     */
    static synchronized ServiceJar unpacked(JavaHome java, StackOptions options, String module) {
        Path projectRoot = options.projectRoot();
        Path target = projectRoot.resolve(module).resolve("target");
        Path jar = find(target, module);
        try {
            Path folder = target.resolve("unpacked")
                    .resolve(digest(jar)); // its time is useless, since builds are reproducible
            if (!Files.isDirectory(folder)) {
                unpack(java, jar, folder);
                removeOlderThan(KEPT, folder);
            }
            return new ServiceJar(
                    folder.resolve(jar.getFileName()),
                    options.has(Switch.IMAGE_FLAGS) ? imageFlags(projectRoot, module) : List.of());
        } catch (IOException e) {
            throw Problem.cannotWrite(target, e);
        }
    }

    /** As {@code images/build} puts them together: those of every service, then those of this one. */
    private static List<Path> imageFlags(Path projectRoot, String module) {
        Path images = projectRoot.resolve("images");
        return Stream.of("java.options", module + ".java.options")
                .map(images::resolve)
                .filter(Files::exists)
                .toList();
    }

    /** The command that starts the service. */
    List<String> command(JavaHome java, ServiceSpec spec) {
        List<String> command = new ArrayList<>(jvm(java));
        command.addAll(imageFlags.isEmpty() ? List.of("-Xmx" + spec.maxHeap()) : spec.containerLimits());
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (Files.isRegularFile(archive())) {
            command.add("-XX:AOTCache=" + archive());
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    boolean isRehearsed() {
        return Files.exists(archive());
    }

    /**
     * Starts the service without a database until its context is ready, so that the JVM records the classes it loads in an AOT cache.
     * Needs about 15 s of CPU. A failure costs only the quick start.
     *
     * @param environment the variables of a process of the service
     */
    void rehearse(JavaHome java, Map<String, String> environment) {
        Path draft = jar.resolveSibling(
                "draft-%d.aot".formatted(ProcessHandle.current().pid()));
        List<String> command = new ArrayList<>(jvm(java));
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + draft,
                "-Dspring.context.exit=onRefresh",
                "-Dspring.flyway.enabled=false",
                "-jar",
                jar.toString()));
        ProcessBuilder rehearsal = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(jar.resolveSibling("rehearsal.log").toFile());
        List.of(FOREIGN_SETTINGS).forEach(rehearsal.environment()::remove);
        rehearsal.environment().putAll(environment);
        try {
            Process process = rehearsal.start();
            try {
                process.waitFor(REHEARSAL);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            if (Files.exists(draft)) {
                Files.move(draft, archive(), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createDirectories(archive()); // prevents a second attempt with this build
            }
        } catch (IOException e) {
            throw Problem.cannotWrite(jar.resolveSibling("."), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path archive() {
        return jar.resolveSibling(imageFlags.isEmpty() ? "start.aot" : "image.aot");
    }

    /** Must be equal for rehearsal and start, or the JVM rejects the cache. */
    private List<String> jvm(JavaHome java) {
        if (!imageFlags.isEmpty()) {
            return Stream.concat(
                            Stream.of(java.java().toString()),
                            imageFlags.stream().map(file -> "@" + file))
                    .toList();
        }
        return List.of(
                java.java().toString(),
                "-Xms24m", // the default, 1/64 of the memory, would be filled before the first collection
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                // The AOT cache stays a mapped file instead of becoming memory of each process, and the heap grows in
                // small steps: the parts
                // of ./run took 1 392 MiB instead of 1 489.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-XX:TieredStopAtLevel=1"); // for a quick start: 9 s of CPU instead of 15
    }

    private static String digest(Path jar) throws IOException {
        CRC32C digest = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(jar), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return "%08x-%x".formatted(digest.getValue(), Files.size(jar));
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

    /** Unpacks into a draft folder and moves it to its place when it is complete, since tests may do the same concurrently. */
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
        builds.sort(Comparator.comparing((Path folder) -> folder.toFile().lastModified())
                .reversed());
        for (Path old : builds.subList(Math.min(kept, builds.size()), builds.size())) {
            Folders.delete(old);
        }
    }
}
