package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.systemtests.stack.Documents;
import dev.tidings.systemtests.stack.Documents.Block;
import dev.tidings.systemtests.stack.Documents.Testing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each block of each document is code that a test runs, code that says why none does, or an example in another language. */
class EveryBlockOfADocumentIsTestedTest {
    private static final Path ROOT = ProjectRoot.find();

    /** {@code TheDocumentsRunAsTheyStandIT} runs these. */
    private static final Set<String> COMMANDS = Set.of("sh", "sql");

    /** {@code client/test/guide.test.js} runs these, in the guide. */
    private static final Set<String> PAGES = Set.of("js", "jsx", "html");

    private static final Set<String> EXAMPLES = Set.of("json", "text", "yaml", "mermaid");

    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Za-z][^<>\\n]*>");
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\w/.$\"])((?:\\./)?(?:charts|client|images|docs|dapr-components|examples|benchmarks|tools)/[\\w./-]*[\\w-](?![\\w*-])|\\./\\w+)");
    private static final Pattern MODULES = Pattern.compile("mvn .*?-pl (\\S+)");
    private static final Pattern TARGET = Pattern.compile("(?m)^make ([a-z-]+)");
    private static final Pattern LAUNCHER = Pattern.compile("\\./run +(--)?([a-z]+)");

    static Stream<Block> blocks() {
        return Documents.all().stream().flatMap(document -> Documents.blocksOf(document).stream());
    }

    static Stream<Block> scripts() {
        return blocks().filter(block -> block.language().equals("sh"));
    }

    @Test
    void theDocumentsAreFound() {
        assertThat(Documents.all())
                .contains(
                        "README.md",
                        "FRONTEND_INTEGRATION.md",
                        "CONTRIBUTING.md",
                        "docs/operations/troubleshooting.md");
        assertThat(scripts()
                        .filter(block -> block.testing() == Testing.AS_IT_STANDS)
                        .count())
                .isGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockIsRunOrMarkedOrAnExample(Block block) {
        if (PAGES.contains(block.language())) {
            assertThat(block.document())
                    .as("whose blocks client/test/guide.test.js runs")
                    .isEqualTo("FRONTEND_INTEGRATION.md");
        } else if (!COMMANDS.contains(block.language())) {
            assertThat(block.language()).isIn(EXAMPLES);
            assertThat(block.testing()).as("only code is marked").isEqualTo(Testing.AS_IT_STANDS);
        }
    }

    /** {@code <field>} is the last value of that field in what the commands before printed; a shell takes it for a redirection unless quoted. */
    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptIsValidShell(Block script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-n", "-c", script.code())
                .redirectErrorStream(true)
                .start();
        String complaints = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(complaints).isZero();

        Matcher placeholder = PLACEHOLDER.matcher(script.code());
        while (placeholder.find()) {
            assertThat(isQuoted(script.code(), placeholder.start()))
                    .as("%s is in quotes", placeholder.group())
                    .isTrue();
        }
    }

    /** They act on a cluster, on containers or on the build of whoever runs the tests. */
    @ParameterizedTest
    @MethodSource("scripts")
    void noScriptThatIsRunReachesBeyondTheSystemOfTheTests(Block script) {
        if (script.testing() == Testing.AS_IT_STANDS) {
            assertThat(script.code())
                    .as("mark it with <!-- not run: … -->")
                    .doesNotContainPattern("(?m)^ *(kubectl|helm|minikube|podman|docker|psql|make|mvn|dapr)\\b");
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void whatAScriptNamesIsThere(Block script) throws IOException {
        Path document = ROOT.resolve(script.document());
        FILE.matcher(script.code())
                .results()
                .map(name -> name.group(1))
                .forEach(name -> assertThat(Files.exists(ROOT.resolve(name))
                                || Files.exists(document.resolveSibling(name))
                                || isMade(name))
                        .as("%s is there", name)
                        .isTrue());
        MODULES.matcher(script.code())
                .results()
                .flatMap(modules -> Stream.of(modules.group(1).split(",")))
                .forEach(module ->
                        assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
        String makefile = Files.readString(ROOT.resolve("Makefile"));
        TARGET.matcher(script.code())
                .results()
                .forEach(target -> assertThat(makefile).containsPattern("(?m)^" + target.group(1) + ":"));
        String launcher = Files.readString(ROOT.resolve("local/src/main/java/dev/tidings/local/cli/Main.java"));
        LAUNCHER.matcher(script.code())
                .results()
                .forEach(call -> assertThat(launcher)
                        .contains(call.group(1) == null ? "name = \"" + call.group(2) + "\"" : "--" + call.group(2)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void anotherTestThatRunsABlockReadsItsDocument(Block block) throws IOException {
        if (block.testing() == Testing.BY_ANOTHER_TEST) {
            List<Path> tests;
            try (Stream<Path> files = Files.walk(ROOT.resolve("system-tests/src/test/java"))) {
                tests = files.filter(file -> file.endsWith(block.remark() + ".java"))
                        .toList();
            }
            assertThat(tests).as(block.remark()).hasSize(1);
            assertThat(Files.readString(tests.getFirst())).contains("\"" + block.document() + "\"");
        }
    }

    /** What a build makes. */
    private static boolean isMade(String name) {
        return name.contains("/target/");
    }

    private static boolean isQuoted(String script, int position) {
        char quote = 0;
        for (int i = 0; i < position; i++) {
            char c = script.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return quote != 0;
    }
}
