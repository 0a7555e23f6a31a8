package dev.tidings.devkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The executable of the sidecar on this machine.
 *
 * @param version version that the executable reports
 * @param origin location or build of the executable, for messages
 */
public record DaprdBinary(Path path, String version, String origin) {

    /** Older versions crash on a CloudEvent whose {@code traceparent} is not a string. */
    static final SidecarVersion MINIMUM = new SidecarVersion(1, 18, 3);

    /** Calls {@link #locate(Path, Consumer)} for the current checkout. */
    public static DaprdBinary locate(Consumer<String> progress) {
        return locate(ProjectRoot.find(), progress);
    }

    /**
     * Uses the first of these: the configured path (system property {@code tidings.daprd}, environment {@code TIDINGS_DAPRD}), {@code
     * daprd} on the path, the folder of the Dapr CLI, a build of {@code tools/daprd} (cached, so that only the first one takes
     * minutes), and without Go the official release.
     *
     * @param progress receives messages about the choice and the progress of a build
     * @throws IllegalStateException if none is available; the message contains the remedy
     */
    public static DaprdBinary locate(Path projectRoot, Consumer<String> progress) {
        Optional<DaprdBinary> installed = configured()
                .flatMap(path -> usable(path, "configured", progress))
                .or(() -> Executables.onPath("daprd").flatMap(path -> usable(path, "on the PATH", progress)))
                .or(() -> daprCli().flatMap(path -> usable(path, "of the Dapr CLI", progress)));
        if (installed.isPresent()) {
            return installed.get();
        }
        DaprdBuild build = new DaprdBuild(projectRoot.resolve("tools/daprd"), progress);
        Optional<Path> cached = build.cached();
        if (cached.isPresent()) {
            return required(cached.get(), "built from tools/daprd", progress);
        }
        Optional<GoBuild.Go> go = build.findGo();
        if (go.isPresent()) {
            return required(build.build(go.get()), "built from tools/daprd", progress);
        }
        return required(new DaprdRelease(progress).fetch(), "official release", progress);
    }

    private static Optional<Path> configured() {
        @Nullable String path = System.getProperty("tidings.daprd", System.getenv("TIDINGS_DAPRD"));
        if (path == null || path.isBlank()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(path))) {
            throw new IllegalStateException(
                    "TIDINGS_DAPRD (or -Dtidings.daprd) names " + path + ", which is no executable file");
        }
        return Optional.of(Path.of(path).toAbsolutePath());
    }

    private static Optional<Path> daprCli() {
        return Optional.of(Path.of(System.getProperty("user.home"), ".dapr/bin/daprd"))
                .filter(Files::isExecutable);
    }

    private static Optional<DaprdBinary> usable(Path path, String origin, Consumer<String> progress) {
        String reported = reportedVersion(path);
        Optional<SidecarVersion> version = SidecarVersion.parse(reported);
        if (version.isEmpty()) {
            progress.accept("daprd " + origin + " (" + path + ") reports \"" + reported + "\", no version: not taken");
            return Optional.empty();
        }
        if (version.get().compareTo(MINIMUM) < 0) {
            progress.accept("daprd " + origin + " (" + path + ") is " + version.get() + ", older than " + MINIMUM
                    + ", which crashes on some CloudEvents: not taken");
            return Optional.empty();
        }
        progress.accept("daprd " + version.get() + " " + origin + ": " + path);
        return Optional.of(new DaprdBinary(path, version.get().toString(), origin));
    }

    private static DaprdBinary required(Path path, String origin, Consumer<String> progress) {
        return usable(path, origin, progress)
                .orElseThrow(
                        () -> new IllegalStateException("The sidecar " + path + " (" + origin + ") cannot be used"));
    }

    private static String reportedVersion(Path path) {
        try {
            Process process = new ProcessBuilder(path.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            List<String> lines = output.lines().toList();
            return lines.isEmpty() ? "" : lines.getLast().strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
