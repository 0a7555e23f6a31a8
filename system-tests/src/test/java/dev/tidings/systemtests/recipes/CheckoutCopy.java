package dev.tidings.systemtests.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.JavaHome;
import dev.tidings.devkit.ProjectRoot;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A copy of the checkout that a recipe changes, with the jars of the build. */
record CheckoutCopy(Path root) {

    private static final Path ORIGINAL = ProjectRoot.find();
    private static final List<String> COPIED = List.of(
            "events/src",
            "backend/src/main/java",
            "workers/src/main/java",
            "charts",
            "dapr-components",
            "tools",
            "dapr.yaml");
    private static final List<String> SERVICES = List.of("backend", "websocket-service", "workers");
    private static final CopyOption[] REPLACE = {StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS};

    static CheckoutCopy in(Path root) throws IOException {
        for (String part : COPIED) {
            copy(ORIGINAL.resolve(part), root.resolve(part));
        }
        return new CheckoutCopy(root);
    }

    /** Makes the changes of a recipe, and returns the files that it touches. */
    List<String> apply(String recipe) throws IOException {
        Path changes =
                ORIGINAL.resolve("system-tests/src/test/resources/recipes").resolve(recipe);
        List<String> touched = new ArrayList<>();
        for (Path change : filesIn(changes)) {
            String path = changes.relativize(change).toString();
            Path target = root.resolve(path.replaceAll("\\.insert$", ""));
            if (path.endsWith(".insert")) {
                insert(target, Files.readString(change));
            } else {
                Files.createDirectories(target.getParent());
                Files.copy(change, target);
            }
            touched.add(root.relativize(target).toString());
        }
        return touched;
    }

    /** @param insertions separated by {@code ===}; each is the text before which, {@code ---}, and the text that is inserted */
    private static void insert(Path target, String insertions) throws IOException {
        String text = Files.readString(target);
        for (String insertion : insertions.split("(?m)^===\n")) {
            String[] placeAndText = insertion.split("(?m)^---\n", 2);
            String place = placeAndText[0].stripTrailing();
            assertThat(text)
                    .as("%s has the place of the insertion once", target)
                    .containsOnlyOnce(place);
            text = text.replace(place, placeAndText[1] + place);
        }
        Files.writeString(target, text);
    }

    /** The copied files that differ from the original or that the original does not have. */
    List<String> changedFiles() throws IOException {
        List<String> changed = new ArrayList<>();
        for (String part : COPIED) {
            for (Path file : filesIn(root.resolve(part))) {
                Path path = root.relativize(file);
                Path before = ORIGINAL.resolve(path);
                if (!Files.exists(before) || Files.mismatch(before, file) >= 0) {
                    changed.add(path.toString());
                }
            }
        }
        return changed;
    }

    /** Compiles the contract and the new classes, and puts them into the jars of the services. */
    void build() throws IOException {
        compile(filesIn(root.resolve("events/src/main/java")), contract(), TheRecipesOfContributingIT.ownClassPath());
        copy(root.resolve("events/src/main/resources"), contract());
        for (String service : SERVICES) {
            Path target = Files.createDirectories(root.resolve(service).resolve("target"));
            Path jar = target.resolve(bootJar(service).getFileName());
            Files.copy(bootJar(service), jar);
            try (FileSystem boot = FileSystems.newFileSystem(jar, Map.of("noCompression", "true"))) {
                Path unpacked = target.resolve("boot");
                copy(boot.getPath("/BOOT-INF"), unpacked);
                Files.copy(contractJar(), boot.getPath(nameOfContract(unpacked)), StandardCopyOption.REPLACE_EXISTING);
                List<Path> added = added(service);
                if (!added.isEmpty()) {
                    List<String> classPath = new ArrayList<>(List.of(
                            contract().toString(), unpacked.resolve("classes").toString()));
                    filesIn(unpacked.resolve("lib")).forEach(library -> classPath.add(library.toString()));
                    classPath.addAll(TheRecipesOfContributingIT.ownClassPath());
                    Path classes = target.resolve("added");
                    compile(added, classes, classPath);
                    copy(classes, boot.getPath("/BOOT-INF/classes"));
                }
            }
        }
    }

    /** Runs a program in a JVM of its own with the copy's contract, and returns what it prints. */
    String run(List<String> furtherClasses, String main, String... arguments) throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>(List.of(contract().toString()));
        furtherClasses.forEach(folder -> classPath.add(ORIGINAL.resolve(folder).toString()));
        classPath.addAll(TheRecipesOfContributingIT.ownClassPath());
        List<String> command = new ArrayList<>(List.of(
                JavaHome.locate().java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dtidings.no-rehearsal=true",
                "-cp",
                String.join(File.pathSeparator, classPath),
                main));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s\n%s", main, output).isZero();
        return output;
    }

    private Path contract() {
        return root.resolve("events/target/classes");
    }

    private Path contractJar() throws IOException {
        Path jar = root.resolve("events/target/contract.jar");
        if (!Files.exists(jar)) {
            try (FileSystem content = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
                copy(contract(), content.getPath("/"));
            }
        }
        return jar;
    }

    private static String nameOfContract(Path unpacked) throws IOException {
        return filesIn(unpacked.resolve("lib")).stream()
                .map(library -> library.getFileName().toString())
                .filter(name -> name.startsWith("tidings-events-"))
                .map(name -> "/BOOT-INF/lib/" + name)
                .findFirst()
                .orElseThrow();
    }

    private List<Path> added(String service) throws IOException {
        Path sources = root.resolve(service).resolve("src/main/java");
        return Files.isDirectory(sources)
                ? filesIn(sources).stream()
                        .filter(source -> !Files.exists(ORIGINAL.resolve(root.relativize(source))))
                        .toList()
                : List.of();
    }

    private static Path bootJar(String service) throws IOException {
        try (Stream<Path> files = Files.list(ORIGINAL.resolve(service).resolve("target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches(service + "-.*(?<!sources|javadoc|tests)\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void compile(List<Path> sources, Path classes, List<String> classPath) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-d",
                Files.createDirectories(classes).toString(),
                "-cp",
                String.join(File.pathSeparator, classPath)));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("the compiler's exit code")
                .isZero();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).startsWith("target"))
                    .sorted()
                    .toList();
        }
    }

    /** Without what the build made. Links stay links. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith("target") && !folder.equals(from)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.toAbsolutePath().getParent());
                Files.copy(file, copy, REPLACE);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
