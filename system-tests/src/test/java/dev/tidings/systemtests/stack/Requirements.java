package dev.tidings.systemtests.stack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of {@code docs/requirements.md} and the tests that name them. */
public final class Requirements {
    public static final String DOCUMENT = "docs/requirements.md";

    /** How the last cell of a row ends that is proven by no test, or not wholly: with a reason. */
    public static final String NO_TEST = "no test: ";

    private static final String NOT_YET = "not yet: ";
    private static final Pattern ID = Pattern.compile("R-([A-Z]{2})-(\\d+)(?:…(\\d+))?");
    private static final Pattern ROW = Pattern.compile("^\\| (R-[A-Z]{2}-\\d+) \\| (.*) \\|([^|]*)\\|$");
    private static final Pattern TEST =
            Pattern.compile(".*/(?:src/test|test)/.*?([^/]+(?:Test|IT|Contract)\\.java|[^/]+\\.test\\.js)");

    private Requirements() {}

    /** The ids that a text names. {@code R-PF-2…5} names four. */
    public static Stream<String> idsIn(String text) {
        return ID.matcher(text).results().flatMap(Requirements::expand);
    }

    private static Stream<String> expand(MatchResult id) {
        int first = Integer.parseInt(id.group(2));
        int last = id.group(3) == null ? first : Integer.parseInt(id.group(3));
        return IntStream.rangeClosed(first, last).mapToObj(number -> "R-" + id.group(1) + "-" + number);
    }

    public static Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        rows().forEach(row -> {
            if (!ids.add(row.group(1))) {
                throw new IllegalStateException(DOCUMENT + " has two rows " + row.group(1));
            }
        });
        return ids;
    }

    /** The document with the tests of each row written anew. */
    public static List<String> withTests() {
        Map<String, Set<String>> tests = testsById();
        return ProjectFiles.lines(DOCUMENT).stream()
                .map(line -> {
                    Matcher row = ROW.matcher(line);
                    return row.matches()
                            ? "| %s | %s | %s |".formatted(row.group(1), row.group(2), lastCell(row, tests))
                            : line;
                })
                .toList();
    }

    /** The rows that neither a test proves nor a reason excuses. */
    public static List<String> unproven() {
        Map<String, Set<String>> tests = testsById();
        return rows().filter(row -> lastCell(row, tests).isEmpty())
                .map(row -> row.group(1))
                .toList();
    }

    private static Stream<Matcher> rows() {
        return ProjectFiles.lines(DOCUMENT).stream().map(ROW::matcher).filter(Matcher::matches);
    }

    private static String lastCell(Matcher row, Map<String, Set<String>> tests) {
        String written = row.group(3).strip();
        String names = String.join(", ", tests.getOrDefault(row.group(1), Set.of()));
        int notYet = written.indexOf(NOT_YET);
        if (names.isEmpty()) {
            return written.startsWith(NO_TEST) ? written : "";
        }
        return notYet < 0 ? names : names + "; " + written.substring(notYet);
    }

    private static Map<String, Set<String>> testsById() {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (String file : ProjectFiles.all()) {
            Matcher test = TEST.matcher(file);
            if (test.matches()) {
                String name = test.group(1).replaceFirst("\\.java$", "");
                ProjectFiles.lines(file).stream()
                        .flatMap(Requirements::idsIn)
                        .forEach(id ->
                                tests.computeIfAbsent(id, _ -> new TreeSet<>()).add("`" + name + "`"));
            }
        }
        return tests;
    }
}
