package dev.tidings.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a scenario in the order of its steps. Used by one thread. */
final class Table {
    private final Map<String, ResultRow> rows = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /** Adds a row and prints that it begins. The load of the machine is its first figure, since others may work beside it. */
    ResultRow row(String step) {
        ResultRow row = new ResultRow();
        rows.put(step, row);
        System.err.println("  " + step);
        return row.put(
                "load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Adds a line below the table. */
    void remark(String line) {
        System.err.println("  " + line);
        remarks.add(line);
    }

    Map<String, ResultRow> rows() {
        return rows;
    }

    /** The figures as Markdown: a line for each figure, a column for each step. */
    String markdown() {
        List<String> figures = rows.values().stream()
                .flatMap(row -> row.figures().keySet().stream())
                .distinct()
                .toList();
        StringBuilder text = new StringBuilder("| |");
        rows.keySet().forEach(step -> text.append(' ').append(step).append(" |"));
        text.append("\n|---|").append("--:|".repeat(rows.size())).append('\n');
        for (String figure : figures) {
            text.append("| ").append(figure).append(" |");
            rows.values()
                    .forEach(row ->
                            text.append(' ').append(format(row.get(figure))).append(" |"));
            text.append('\n');
        }
        text.append('\n');
        remarks.forEach(line -> text.append("- ").append(line).append('\n'));
        return text.toString();
    }

    static String format(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double size = Math.abs(value);
        String pattern = size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
