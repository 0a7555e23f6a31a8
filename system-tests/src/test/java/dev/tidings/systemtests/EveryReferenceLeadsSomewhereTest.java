package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.systemtests.stack.Documents;
import dev.tidings.systemtests.stack.ProjectFiles;
import dev.tidings.systemtests.stack.Requirements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every requirement, decision, section, file and test that code, configuration and documents refer to exists. */
class EveryReferenceLeadsSomewhereTest {
    private static final Path ROOT = ProjectRoot.find();
    private static final List<String> FILES = ProjectFiles.all();
    private static final Set<String> FOLDERS = FILES.stream()
            .flatMap(file -> Stream.iterate(Path.of(file).getParent(), Objects::nonNull, Path::getParent))
            .map(Path::toString)
            .collect(Collectors.toSet());
    private static final Set<String> CLASSES = FILES.stream()
            .filter(file -> file.endsWith(".java"))
            .map(file -> file.replaceFirst(".*/", "").replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());

    /** Generated lists of other people's names, and the patterns of this class. */
    private static final Pattern NOT_READ = Pattern.compile(
            ".*(\\.sum|package-lock\\.json|charts/schemas/.*|/EveryReferenceLeadsSomewhereTest\\.java)");

    private static final Pattern DECISION = Pattern.compile("\\b(?:ADRs?[ -]|adr/)(\\d{4})");
    private static final Pattern LINK = Pattern.compile("(?<!`)\\]\\(([^)\\s]+)\\)");
    private static final Pattern SECTION = Pattern.compile("\\bdocs/([\\w/-]+\\.md)#([\\w-]+)");
    private static final Pattern TEST = Pattern.compile("\\b([A-Z][A-Za-z]*[a-z](?:IT|Test))\\b");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:\\*|//|/\\*|#).*");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$");

    /** Folders of the project, each followed by a path; {@code …} and {@code *} stand for anything. */
    private static final Pattern FILE = Pattern.compile("(?<![\\w/.$:@{}-])((?:"
            + FILES.stream()
                    .filter(file -> file.contains("/") && !file.startsWith("."))
                    .map(file -> file.substring(0, file.indexOf('/')))
                    .distinct()
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"))
            + ")/[\\w./…*-]*[\\w*…])");

    /** Names that look like files of the project and are others', or are made by a build. */
    private static final Set<String> OTHERS_FILES =
            Set.of("charts/dapr/crds", "events/no-uuid", "dapr-components/*.bak");

    /** What a build makes: whether it is there depends on what was run before. */
    private static final Pattern MADE_BY_A_BUILD = Pattern.compile(".*/(target|node_modules)\\b.*");

    /** Becomes the beginning of {@code charts/tidings/README.md}. */
    private static final String HEAD_OF_THE_CHART = "charts/README.head.md";

    private static final Set<String> EXAMPLES_OF_TESTS = Set.of("SomeIT");

    /** R-DP-1. */
    @Test
    void theTreeHasItsFixedNames() {
        assertThat(List.of(
                        "pom.xml", "backend", "websocket-service", "workers", "dapr-components", "charts", "README.md"))
                .allSatisfy(name -> assertThat(ROOT.resolve(name)).exists());
    }

    @Test
    void requirements() {
        Set<String> known = Requirements.ids();
        assertThat(references(line -> Requirements.idsIn(line).filter(id -> !known.contains(id))))
                .as("ids that %s does not have", Requirements.DOCUMENT)
                .isEmpty();
    }

    /** A migration that was applied somewhere keeps every letter. */
    @Test
    void nothingRefersToADesignThatIsNotHere() {
        assertThat(read().stream()
                        .filter(file -> !file.contains("/migration/")
                                && !file.endsWith("/EveryReferenceLeadsSomewhereTest.java"))
                        .filter(file -> ProjectFiles.lines(file).stream().anyMatch(line -> line.contains("DESIGN"))))
                .isEmpty();
    }

    @Test
    void decisions() {
        assertThat(references(line -> matches(DECISION, line)
                        .map(decision -> decision.group(1))
                        .filter(number -> FILES.stream().noneMatch(file -> file.startsWith("docs/adr/" + number)))))
                .isEmpty();
    }

    @Test
    void linksOfDocuments() {
        List<String> dead = new ArrayList<>();
        for (String document : Documents.all()) {
            for (String line : ProjectFiles.lines(document)) {
                matches(LINK, line)
                        .map(link -> link.group(1))
                        .filter(link -> !link.matches("[a-z]+:.*"))
                        .filter(link -> !leadsSomewhere(document, link))
                        .forEach(link -> dead.add(document + ": " + link));
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void sections() {
        assertThat(references(line -> matches(SECTION, line)
                        .filter(section ->
                                !sectionsOf("docs/" + section.group(1)).contains(section.group(2)))
                        .map(MatchResult::group)))
                .isEmpty();
    }

    @Test
    void files() {
        List<String> dead = new ArrayList<>();
        for (String file : read()) {
            for (String line : ProjectFiles.lines(file)) {
                if (!line.startsWith("import ")) {
                    matches(FILE, line)
                            .map(name -> name.group(1))
                            .filter(name -> !exists(file, name))
                            .forEach(name -> dead.add(file + ": " + name));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void tests() {
        List<String> dead = new ArrayList<>();
        for (String file : read()) {
            for (String line : ProjectFiles.lines(file)) {
                if (!file.endsWith(".java") || COMMENT.matcher(line).matches()) {
                    matches(TEST, line)
                            .map(name -> name.group(1))
                            .filter(name -> !CLASSES.contains(name) && !EXAMPLES_OF_TESTS.contains(name))
                            .forEach(name -> dead.add(file + ": " + name));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<String> read() {
        return FILES.stream().filter(file -> !NOT_READ.matcher(file).matches()).toList();
    }

    private static List<String> references(Function<String, Stream<String>> dead) {
        return read().stream()
                .flatMap(file ->
                        ProjectFiles.lines(file).stream().flatMap(dead).map(reference -> file + ": " + reference))
                .toList();
    }

    private static Stream<MatchResult> matches(Pattern pattern, String line) {
        return pattern.matcher(line).results();
    }

    private static boolean leadsSomewhere(String document, String link) {
        String file = link.replaceFirst("#.*", "");
        Path place = ROOT.resolve(HEAD_OF_THE_CHART.equals(document) ? "charts/tidings/README.md" : document);
        Path target = file.isEmpty() ? place : place.resolveSibling(file).normalize();
        String section = link.contains("#") ? link.replaceFirst("[^#]*#", "") : "";
        return isOfTheProject(target)
                && (section.isEmpty()
                        || sectionsOf(ROOT.relativize(target).toString()).contains(section));
    }

    /** The anchors that a document's headings have, as GitHub makes them. */
    private static Set<String> sectionsOf(String document) {
        return ProjectFiles.lines(document).stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** What only lies about on this machine doesn't count: a fresh clone lacks it. */
    private static boolean isOfTheProject(Path path) {
        String name = ROOT.relativize(path.normalize()).toString();
        return name.isEmpty() || FILES.contains(name) || FOLDERS.contains(name);
    }

    /** A name is relative to the project's root, to the module, or to the folder of the file that refers to it. */
    private static boolean exists(String file, String name) {
        if (OTHERS_FILES.contains(name) || MADE_BY_A_BUILD.matcher(name).matches()) {
            return true;
        }
        Path folder = ROOT.resolve(file).getParent();
        Path module = ROOT.resolve(file.replaceFirst("/.*", ""));
        if (Stream.of(ROOT, module, folder).anyMatch(base -> isOfTheProject(base.resolve(name)))) {
            return true;
        }
        if (DECISION.matcher(name).find()) {
            return true; // decisions() looks at it.
        }
        Pattern pattern =
                Pattern.compile(name.replace(".", "\\.").replace("*", "[^/]*").replace("…", ".*") + "(\\.\\w+|/.*)?");
        return FILES.stream().anyMatch(candidate -> pattern.matcher(candidate).matches());
    }
}
