package dev.tidings.devkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The sidecar of {@code tools/daprd}. */
final class DaprdBuild {

    private final Path sources;
    private final GoBuild build;

    DaprdBuild(Path sources, Consumer<String> progress) {
        this.sources = sources;
        this.build = new GoBuild(sources, progress);
    }

    /** Returns an earlier build of the same sources. */
    Optional<Path> cached() {
        return build.cached();
    }

    Optional<GoBuild.Go> findGo() {
        return build.findGo();
    }

    Path build(GoBuild.Go go) {
        return build.build(go, "-X github.com/dapr/dapr/pkg/buildinfo.version=" + daprVersion(), ".");
    }

    private String daprVersion() {
        try {
            return Files.readAllLines(sources.resolve("go.mod")).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("github.com/dapr/dapr v"))
                    .map(line -> line.substring("github.com/dapr/dapr v".length()))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + sources, e);
        }
    }
}
