package dev.tidings.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.JavaHome;
import dev.tidings.devkit.ManagedProcess;
import dev.tidings.local.supervision.Parts.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher in a JVM of its own is killed, and the next one cleans up what it left. */
class LauncherDeathIT {

    @TempDir
    Path folder;

    private List<ProcessId> left = List.of();

    /** A part that is ready, one that never will be, and one that does not listen when asked to end. */
    static final class StandInLauncher {
        public static void main(String[] args) throws InterruptedException {
            Parts parts = Parts.in(Path.of(args[0]), StackEvents.toStandardError());
            StandIns.add(parts, Tier.INFRASTRUCTURE, "ready", StandIns.SERVER);
            StandIns.add(parts, Tier.INFRASTRUCTURE, "never-ready", "while :; do sleep 0.1; done");
            StandIns.add(parts, Tier.SERVICES, "deaf", "trap '' TERM; echo ready; while :; do sleep 0.1; done");
            parts.start();
        }
    }

    @BeforeEach
    void killALauncherThatStarts() {
        ManagedProcess launcher = ManagedProcess.named("launcher")
                .command(
                        JavaHome.locate().java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandInLauncher.class.getName(),
                        folder.toString())
                .log(folder.resolve("launcher.log"))
                .readyWhen(_ -> LocalState.in(folder).processes().size() == 3, Duration.ofSeconds(30))
                .start()
                .awaitReady();
        left = LocalState.in(folder).processes();
        ProcessHandle handle = ProcessHandle.of(launcher.pid()).orElseThrow();
        handle.destroyForcibly(); // alone: ManagedProcess.kill would take its children along
        handle.onExit().join();
    }

    @AfterEach
    void endTheRest() {
        left.forEach(process -> process.find().ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void theNextLauncherEndsAllOfThemReadyOrNotAndEvenTheDeaf() {
        assertThat(left).hasSize(3).allMatch(ProcessId::isAlive);
        List<String> reported = new ArrayList<>();

        assertThat(Ledger.endLeftovers(folder, Duration.ofSeconds(1), reported::add))
                .isEqualTo(3);

        assertThat(left).noneMatch(ProcessId::isAlive);
        assertThat(reported).containsExactly("An earlier run left 3 processes behind; they are stopped.");
    }

    @Test
    void theStateSaysSoUntilThen() {
        LocalState state = LocalState.in(folder);

        assertThat(state.isRunning()).isFalse();
        assertThat(StatusReport.exitCode(state)).isEqualTo(StatusReport.NOT_RUNNING);
        assertThat(StatusReport.table(state))
                .endsWith("The launcher is gone and left these processes behind; ./run stop ends them.\n");
    }

    @Test
    void aLaterProcessWithTheSamePidIsLeftAlone() throws IOException {
        ProcessId innocent = left.getFirst();
        ProcessId earlier = new ProcessId("earlier", innocent.pid(), innocent.startedAt() - 3_600_000);
        Files.writeString(
                LocalState.fileIn(folder),
                LocalState.json(new LocalState.Snapshot(earlier, List.of(), List.of(earlier))));

        assertThat(Ledger.endLeftovers(folder, Ledger.GRACE, _ -> {})).isZero();
        assertThat(innocent.isAlive()).isTrue();
    }
}
