package dev.tidings.devkit;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds a program of {@code tools/} with Go, once per content of its folder and user. */
final class GoBuild {

    private static final Pattern GO_VERSION = Pattern.compile("go version go(\\d+)\\.(\\d+).*");
    private static final int MINIMUM_GO_MINOR = 26;
    static final String MINIMUM_GO = "1." + MINIMUM_GO_MINOR;
    private static final int REPORT_EVERY = 100;

    /** Returns a Go tool chain of a sufficient version. */
    record Go(Path executable, String version) {}

    private final Path sources;
    private final String program;
    private final Consumer<String> progress;

    /** @param sources folder of a Go module, named like the program */
    GoBuild(Path sources, Consumer<String> progress) {
        this.sources = sources;
        this.program = String.valueOf(sources.getFileName());
        this.progress = progress;
    }

    /** Returns an earlier build of the same sources. */
    Optional<Path> cached() {
        return Optional.of(CacheFolder.root().resolve(entryName()).resolve(program))
                .filter(Files::isExecutable);
    }

    Optional<Go> findGo() {
        Optional<Path> executable = Stream.concat(
                        Executables.onPath("go").stream(),
                        Stream.of(
                                Path.of("/usr/local/go/bin/go"),
                                Path.of("/opt/homebrew/bin/go"),
                                Path.of("/usr/lib/go/bin/go")))
                .filter(Files::isExecutable)
                .findFirst();
        if (executable.isEmpty()) {
            progress.accept("No Go on this machine, so " + program + " cannot be built");
            return Optional.empty();
        }
        String reported = versionLine(executable.get());
        if (!isRecentEnough(reported)) {
            progress.accept("Go 1.%d or later is needed to build %s; %s reports \"%s\""
                    .formatted(MINIMUM_GO_MINOR, program, executable.get(), reported));
            return Optional.empty();
        }
        return Optional.of(new Go(executable.get(), reported));
    }

    static boolean isRecentEnough(String reported) {
        Matcher matcher = GO_VERSION.matcher(reported);
        if (!matcher.matches()) {
            return false;
        }
        int major = Integer.parseInt(matcher.group(1));
        return major > 1 || (major == 1 && Integer.parseInt(matcher.group(2)) >= MINIMUM_GO_MINOR);
    }

    /**
     * Builds the program, which takes minutes the first time. One process builds; others wait and use its result.
     *
     * @param linkerFlags flags in addition to those that remove debug information
     * @param packages packages to build, as for {@code go build}
     */
    Path build(Go go, String linkerFlags, String packages) {
        progress.accept("Building %s from %s with %s (some minutes, once)"
                .formatted(program, sources, go.version().replace("go version ", "")));
        return CacheFolder.entry(entryName(), folder -> compile(go, folder, linkerFlags, packages))
                .resolve(program);
    }

    private void compile(Go go, Path folder, String linkerFlags, String packages) throws IOException {
        List<String> command = List.of(
                go.executable().toString(),
                "build",
                "-v", // one line per package
                "-trimpath",
                // Of promtool: without the clients of clouds, which no check needs.
                "-tags",
                "remove_all_sd",
                "-ldflags",
                "-s -w " + linkerFlags,
                "-o",
                folder.resolve(program).toString(),
                packages);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(sources.toFile()).redirectErrorStream(true);
        builder.environment().put("CGO_ENABLED", "0"); // no C compiler needed
        builder.environment().remove("GOFLAGS");
        Process process = builder.start();
        process.getOutputStream().close();
        Deque<String> lastLines = new ArrayDeque<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int lines = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lastLines.addLast(line);
                if (lastLines.size() > 15) {
                    lastLines.removeFirst();
                }
                if (++lines % REPORT_EVERY == 0) {
                    progress.accept(program + (line.startsWith("go: ") ? ": fetching, " : ": compiling, ") + line);
                }
            }
            if (process.waitFor() != 0) {
                throw new IOException("go build of " + sources + " failed:\n  " + String.join("\n  ", lastLines));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + program + " was built", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private String entryName() {
        try (Stream<Path> files = Files.list(sources)) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (Path file : files.filter(GoBuild::isSource).sorted().toList()) {
                content.writeBytes((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
                content.writeBytes(Files.readAllBytes(file));
            }
            return program + "-" + CacheFolder.hash(new ByteArrayInputStream(content.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + sources, e);
        }
    }

    private static boolean isSource(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".go") || name.equals("go.mod") || name.equals("go.sum");
    }

    private static String versionLine(Path go) {
        try {
            Process process = new ProcessBuilder(go.toString(), "version")
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
