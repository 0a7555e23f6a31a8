package dev.tidings.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code benchmarks/run}: measures a stack of its own and writes a file of results. */
@Command(name = "benchmarks/run", mixinStandardHelpOptions = true, sortOptions = false)
public final class Benchmarks implements Callable<Integer> {
    private static final Map<String, Supplier<Scenario>> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("tasks", TaskScenario::new);
        SCENARIOS.put("purchases", Purchases::new);
        SCENARIOS.put("invalidations", Invalidations::new);
        SCENARIOS.put("home", HomeReads::new);
        SCENARIOS.put("push", PushScenario::new);
        SCENARIOS.put("overload", Overload::new);
        SCENARIOS.put("connections", Connections::new);
        SCENARIOS.put("storm", Storm::new);
        SCENARIOS.put("replicas", Replicas::new);
        SCENARIOS.put("run", Startup::new);
        SCENARIOS.put("socketio", SocketIo::new);
        SCENARIOS.put("stomp", Stomp::new);
    }

    /** Long enough to see each mechanism, short enough for a look before a commit. */
    private static final List<String> QUICK = List.of("tasks", "purchases", "push");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description =
                    "of tasks, purchases, invalidations, home, push, overload, connections, storm, replicas, run, socketio, stomp (default: all)")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "short steps of tasks, purchases and push")
    private boolean quick;

    @Option(names = "--rounds", defaultValue = "3", description = "of a comparison (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the file of results (default: benchmarks/results/<date>.md)")
    private @Nullable Path out;

    @Option(names = "--root", hidden = true, description = "the checkout that is measured")
    private Path root = Path.of(".");

    @Option(names = "--other", hidden = true, description = "the built checkout of --compare")
    private @Nullable Path other;

    @Option(names = "--command", hidden = true, description = "what was typed")
    private String command = "benchmarks/run";

    @Override
    public Integer call() throws Exception {
        List<String> names = !only.isEmpty() ? only : quick ? QUICK : List.copyOf(SCENARIOS.keySet());
        if (!SCENARIOS.keySet().containsAll(names)) {
            System.err.println("--only takes " + SCENARIOS.keySet());
            return 2;
        }
        ResultFile report = ResultFile.begin(root, command);
        Path folder = root.resolve("benchmarks/target/stack").toAbsolutePath().normalize();
        Path compared = other;
        if (compared == null) {
            try (Lab lab = new Lab(root, folder, quick)) {
                for (String name : names) {
                    report.add(name, measure(lab, name));
                    report.write(out); // what was measured stays if a later scenario fails
                }
            }
        } else {
            Map<String, List<Table>> ours = new LinkedHashMap<>();
            Map<String, List<Table>> theirs = new LinkedHashMap<>();
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                round(compared, folder, names, theirs);
                round(root, folder, names, ours);
            }
            names.forEach(name ->
                    report.compare(name, theirs.getOrDefault(name, List.of()), ours.getOrDefault(name, List.of())));
        }
        System.out.println("Results: " + report.write(out));
        return 0;
    }

    private void round(Path checkout, Path folder, List<String> names, Map<String, List<Table>> results)
            throws Exception {
        System.err.println(checkout);
        try (Lab lab = new Lab(checkout, folder, quick)) {
            for (String name : names) {
                results.computeIfAbsent(name, _ -> new ArrayList<>()).add(measure(lab, name));
            }
        }
    }

    private static Table measure(Lab lab, String name) {
        System.err.println(name);
        Table table = new Table();
        try {
            SCENARIOS.getOrDefault(name, TaskScenario::new).get().run(lab, table);
        } catch (Exception e) {
            table.remark("The scenario ended early: " + e);
            lab.close(); // the next one starts from a fresh stack
        }
        return table;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }
}
