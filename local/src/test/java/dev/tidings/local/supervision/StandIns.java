package dev.tidings.local.supervision;

import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Readiness;
import dev.tidings.local.supervision.Parts.Tier;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Small shell programs that stand for servers, and a recorder of what a stack reports. */
final class StandIns {

    static final String SERVER = "echo ready; trap 'exit 0' TERM; while :; do sleep 0.1; done";

    private StandIns() {}

    static Part add(Parts parts, Tier tier, String name, String script, Part... needs) {
        return parts.add(
                tier,
                name,
                1,
                () -> ManagedProcess.named(name)
                        .command("sh", "-c", script)
                        .log(parts.log(name))
                        .readyWhen(Readiness.logLine("ready"), Duration.ofSeconds(20))
                        .start()
                        .awaitReady(),
                Stream.of(needs).map(Part::whenReady).toArray(CompletableFuture[]::new));
    }

    static final class Ear implements StackEvents {
        final Queue<String> ready = new ConcurrentLinkedQueue<>();
        final Queue<String> notes = new ConcurrentLinkedQueue<>();
        final Queue<String> troubles = new ConcurrentLinkedQueue<>();

        @Override
        public void ready(String part, int port, Duration took) {
            ready.add(part);
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }

        @Override
        public void trouble(String line) {
            troubles.add(line);
        }
    }
}
