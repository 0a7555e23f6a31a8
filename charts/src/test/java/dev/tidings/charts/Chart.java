package dev.tidings.charts;

import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The chart and what helm makes of it. */
final class Chart {

    static final Path FOLDER = ProjectRoot.find().resolve("charts");
    static final Path TIDINGS = FOLDER.resolve("tidings");

    /** The oldest and the newest Kubernetes whose schemas are in {@code charts/schemas}. */
    static final List<String> KUBERNETES = List.of("1.30.0", "1.37.0");

    private static final Map<Values, Manifests> RENDERED = new ConcurrentHashMap<>();

    /** What users start from, and one file that switches on what both leave off. */
    enum Values {
        MINIKUBE(TIDINGS.resolve("values-minikube.yaml")),
        PRODUCTION(TIDINGS.resolve("values-production.yaml")),
        EVERYTHING(
                TIDINGS.resolve("values-production.yaml"), FOLDER.resolve("src/test/resources/values-everything.yaml"));

        private final List<Path> files;

        Values(Path... files) {
            this.files = List.of(files);
        }
    }

    private Chart() {}

    static Manifests rendered(Values values) {
        return RENDERED.computeIfAbsent(values, _ -> new Manifests(render(values, KUBERNETES.getLast())));
    }

    /** All resources, those of hooks and tests too. */
    static String render(Values values, String kubernetes) {
        Program.Result result = helm(values, kubernetes, "template", "tidings");
        if (result.exitCode() != 0) {
            throw new AssertionError("helm template with " + values + ":\n" + result.output());
        }
        return result.output();
    }

    static Program.Result helm(Values values, String kubernetes, String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.add(TIDINGS.toString());
        arguments.addAll(List.of("--namespace", "tidings", "--kube-version", kubernetes));
        values.files.forEach(file -> arguments.addAll(List.of("--values", file.toString())));
        return Program.tool("helm").run(arguments.toArray(String[]::new));
    }

    /** For the programs that read manifests from a file. */
    static Path writtenTo(Path folder, Values values, String kubernetes) {
        try {
            return Files.writeString(folder.resolve(values + "-" + kubernetes + ".yaml"), render(values, kubernetes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
