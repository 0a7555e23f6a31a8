package dev.tidings.devkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the root of the checkout. */
public final class ProjectRoot {

    private ProjectRoot() {}

    /** Returns {@code -Dtidings.root}, or else the nearest parent of the working directory that contains {@code dapr-components}. */
    public static Path find() {
        @Nullable String configured = System.getProperty("tidings.root");
        if (configured != null) {
            return Path.of(configured).toAbsolutePath().normalize();
        }
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("dapr-components/pubsub-kafka.yaml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "No folder above " + start + " holds dapr-components/; start in the checkout or set -Dtidings.root");
    }
}
