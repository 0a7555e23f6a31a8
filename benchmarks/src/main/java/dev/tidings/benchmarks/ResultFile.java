package dev.tidings.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file of results: the machine, the build and the command, then a section for each scenario. Used by one thread. */
final class ResultFile {
    private final Path root;
    private final LocalDateTime began = LocalDateTime.now(ZoneOffset.UTC);
    private final StringBuilder text = new StringBuilder();

    private ResultFile(Path root) {
        this.root = root;
    }

    static ResultFile begin(Path root, String command) throws IOException {
        ResultFile report = new ResultFile(root);
        report.text.append("""
                # Measured %s UTC

                | | |
                |---|---|
                | command | `%s` |
                | commit | %s |
                | machine | %d cores, %s, %s |
                | JDK | %s %s |
                | flags of the services | %s; memory and processors as the chart limits them; scenario `run`: those of `./run` |
                | load | open model, the generator on the same machine; times count from when a request was due |

                Costs are for each event of the scenario, background work of all parts included.
                """.formatted(
                        report.began.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")),
                        command,
                        report.output("git", "describe", "--always", "--dirty"),
                        Runtime.getRuntime().availableProcessors(),
                        report.memory(),
                        report.output("uname", "-sr"),
                        System.getProperty("java.vm.vendor"),
                        System.getProperty("java.vm.version"),
                        report.flags()));
        return report;
    }

    void add(String name, Table table) {
        text.append("\n## ").append(name).append("\n\n").append(table.markdown());
    }

    /** Medians of the rounds, and the second relative to the first. */
    void compare(String name, List<Table> theirs, List<Table> ours) {
        text.append("\n## ").append(name).append("\n\n| | other | this | this / other |\n|---|--:|--:|--:|\n");
        ours.getFirst()
                .rows()
                .forEach((step, row) -> row.figures().keySet().forEach(figure -> {
                    double before = median(theirs, step, figure);
                    double after = median(ours, step, figure);
                    text.append("| %s: %s | %s | %s | %s |\n"
                            .formatted(
                                    step,
                                    figure,
                                    Table.format(before),
                                    Table.format(after),
                                    before == 0 ? "" : Table.format(after / before)));
                }));
    }

    private static double median(List<Table> rounds, String step, String figure) {
        double[] values = rounds.stream()
                .map(table -> table.rows().get(step))
                .filter(Objects::nonNull)
                .mapToDouble(row -> row.get(figure))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }

    /** Writes everything so far and returns the file. */
    Path write(@Nullable Path wanted) throws IOException {
        Path file = wanted != null
                ? wanted
                : root.resolve("benchmarks/results/%s.md"
                        .formatted(began.format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm"))));
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(Objects.requireNonNull(folder));
        return Files.writeString(file, text.toString());
    }

    private String flags() throws IOException {
        return "`%s`, workers also `%s`".formatted(flags("java.options"), flags("workers.java.options"));
    }

    private String flags(String file) throws IOException {
        return Files.readAllLines(root.resolve("images").resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.joining(" "));
    }

    private String memory() throws IOException {
        String kilobytes =
                Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D", "");
        return String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(kilobytes) / 1048576.0);
    }

    private String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).directory(root.toFile()).start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
