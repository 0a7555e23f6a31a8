package dev.tidings.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the backend does with more {@code POST /api/tasks} than it can take. A ramp finds the highest rate at which tasks are
 * created; then the load is offered, and each created task must reach the screen of its user.
 */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = "more POST /api/tasks than the machine can take: what is accepted, refused, delivered")
final class Overload implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(names = "--rate", defaultValue = "400", description = "requests a second (${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "how long (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--users", defaultValue = "20", description = "who create tasks, in turn (${DEFAULT-VALUE})")
    private int users;

    @Option(
            names = "--ramp",
            split = ",",
            defaultValue = "50,100,150,200,300",
            description = "rates before, to find the highest that is sustained; 0 for none (${DEFAULT-VALUE})")
    private List<Integer> ramp = List.of();

    @Option(names = "--ramp-seconds", defaultValue = "10", description = "of each of those rates (${DEFAULT-VALUE})")
    private int rampSeconds;

    @Option(
            names = "--patience",
            defaultValue = "30",
            description = "seconds without a delivery after which a missing event counts as lost (${DEFAULT-VALUE})")
    private int patience;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Long> before = target.pids();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            Screens screens = Screens.open(http, target, users);
            double highest = 0;
            int lost = 0;
            for (int step : ramp.stream().filter(each -> each > 0).toList()) {
                TaskLoad load = new TaskLoad(http, target.backend(), screens);
                load.offer(step, rampSeconds);
                lost += screens.awaitAll(load.created(), patience).size();
                highest = Math.max(highest, load.createdPerSecond());
                System.out.printf(Locale.ROOT, "ramp %4d/s for %d s: %s%n", step, rampSeconds, load.summary());
            }
            TaskLoad load = new TaskLoad(http, target.backend(), screens);
            load.offer(rate, seconds);
            double machine = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            int notYet = screens.missing(load.created()).size();
            long loadEnded = System.nanoTime();
            lost += screens.awaitAll(load.created(), patience).size();
            System.out.printf(
                    Locale.ROOT, "load %4d/s for %d s by %d users: %s%n", rate, seconds, users, load.summary());
            System.out.println("  accepted  " + load.accepted());
            System.out.println("  refused   " + load.refused());
            System.out.println("  screens   " + screens.delays(load.created()));
            System.out.printf(
                    Locale.ROOT,
                    "  events not yet on the screens when the load ended: %d; all there after another %.1f s%n",
                    notYet,
                    (System.nanoTime() - loadEnded) / 1e9);
            if (highest > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "  created   %.1f/s, %.0f %% of the highest rate of the ramp (%.1f/s)%n",
                        load.createdPerSecond(),
                        100 * load.createdPerSecond() / highest,
                        highest);
            }
            List<String> restarted = restarted(before, target.pids());
            System.out.printf(
                    Locale.ROOT,
                    "  lost %d, connections closed %d, parts restarted %s, load average %.1f%n",
                    lost,
                    screens.closed(),
                    restarted,
                    machine);
            return lost == 0 && restarted.isEmpty() && load.failures().isEmpty() ? 0 : 1;
        } finally {
            http.shutdownNow();
        }
    }

    private static List<String> restarted(Map<String, Long> before, Map<String, Long> after) {
        List<String> changed = new ArrayList<>();
        new TreeMap<>(before).forEach((part, pid) -> {
            if (!pid.equals(after.get(part))) {
                changed.add(part);
            }
        });
        return changed;
    }
}
