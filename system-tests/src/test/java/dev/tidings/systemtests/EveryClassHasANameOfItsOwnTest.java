package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The simple name of a production class, nested or not, leads to one place in the whole repository. */
class EveryClassHasANameOfItsOwnTest {
    private static final Pattern NO_CODE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?<![\\w.])(?:class|record|interface|enum)\\s+([A-Z]\\w*)");

    private record Source(String path, String text) {
        List<String> types() {
            return TYPE.matcher(NO_CODE.matcher(text).replaceAll(" "))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    @Test
    void noTwoProductionClassesShareASimpleName() throws IOException {
        List<Source> sources = sources();

        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(sharedNames(sources)).isEmpty();
    }

    @Test
    void aSharedNameIsFound() {
        Source nested = new Source("A.java", "/* class Other */ class A { record Part(String text) {} }");
        Source topLevel = new Source("Part.java", "// a class Of\nfinal class Part { String s = \"class A\"; }");

        assertThat(sharedNames(List.of(nested, topLevel))).isEqualTo(Map.of("Part", List.of("A.java", "Part.java")));
    }

    private static Map<String, List<String>> sharedNames(Collection<Source> sources) {
        Map<String, List<String>> pathsByName = sources.stream()
                .flatMap(source -> source.types().stream().map(name -> Map.entry(name, source.path())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        pathsByName.values().removeIf(paths -> paths.size() == 1);
        return pathsByName;
    }

    private static List<Source> sources() throws IOException {
        Path root = ProjectRoot.find();
        try (Stream<Path> modules = Files.list(root)) {
            return modules.flatMap(module -> Stream.of(module, module.resolve("kafka-broker")))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(EveryClassHasANameOfItsOwnTest::javaFiles)
                    .map(file -> new Source(root.relativize(file).toString(), read(file)))
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
