package dev.tidings.systemtests.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The code blocks of the project's documents. A comment in the line before a block says how it is tested, unless it is run as it
 * stands by {@code TheDocumentsRunAsTheyStandIT}: {@code <!-- not run: reason -->} or {@code <!-- run by SomeIT -->}.
 */
public final class Documents {

    private static final Pattern FENCE = Pattern.compile("^( *)```(.*)$");
    private static final Pattern MARK = Pattern.compile("^ *<!-- (not run|run by):? (\\S.*?) -->$");

    private Documents() {}

    /** How a block is tested. */
    public enum Testing {
        AS_IT_STANDS,
        BY_ANOTHER_TEST,
        NOT_RUN
    }

    /**
     * A fenced block.
     *
     * @param line of the opening fence, from 1
     * @param remark the other test, or the reason why it is not run; empty for others
     */
    public record Block(String document, int line, String language, String code, Testing testing, String remark) {
        @Override
        public String toString() {
            return document + ":" + line;
        }
    }

    /** All Markdown files of the project, by their path from its root. */
    public static List<String> all() {
        return ProjectFiles.all().stream().filter(file -> file.endsWith(".md")).toList();
    }

    public static List<Block> blocksOf(String document) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = ProjectFiles.lines(document);
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int start = i;
                String close = fence.group(1) + "```";
                while (++i < lines.size() && !lines.get(i).equals(close)) {
                    // The block goes on.
                }
                String code = lines.subList(start + 1, i).stream()
                        .collect(Collectors.joining("\n", "", "\n"))
                        .stripIndent();
                blocks.add(
                        block(document, start, fence.group(2).strip(), code, start == 0 ? "" : lines.get(start - 1)));
            }
        }
        return blocks;
    }

    private static Block block(String document, int start, String language, String code, String before) {
        Matcher mark = MARK.matcher(before);
        boolean marked = mark.matches();
        Testing testing = !marked
                ? Testing.AS_IT_STANDS
                : mark.group(1).equals("not run") ? Testing.NOT_RUN : Testing.BY_ANOTHER_TEST;
        return new Block(document, start + 1, language, code, testing, marked ? mark.group(2) : "");
    }
}
