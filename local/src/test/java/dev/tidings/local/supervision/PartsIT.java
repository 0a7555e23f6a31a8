package dev.tidings.local.supervision;

import static dev.tidings.local.supervision.StandIns.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.supervision.LocalState.State;
import dev.tidings.local.supervision.Parts.Tier;
import dev.tidings.local.supervision.StandIns.Ear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the supervision with small shell programs instead of the servers. */
class PartsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Ear ear = new Ear();
    private Parts parts;

    @BeforeEach
    void takeTheFolder() {
        parts = Parts.in(folder, ear);
    }

    @AfterEach
    void stopAll() {
        parts.close();
    }

    @Test
    void aPartStartsAfterThoseItNeeds() {
        Part database = add(Tier.INFRASTRUCTURE, "database", SERVER);
        add(Tier.SERVICES, "service", SERVER, database);

        parts.start();

        assertThat(ear.ready).containsExactly("database", "service");
    }

    @Test
    void whoIsKilledComesBack() {
        Part service = add(Tier.SERVICES, "service", SERVER);
        parts.start();
        long first = service.pid().orElseThrow();

        killFromOutside(first);

        await().atMost(PATIENCE)
                .until(() ->
                        service.status().state() == State.UP && service.pid().orElse(first) != first);
        assertThat(ear.troubles)
                .singleElement()
                .asString()
                .startsWith("service was killed (SIGKILL")
                .endsWith("it is started again now. Its log: " + service.log());
    }

    @Test
    void theStatusHasARowForEachServiceOfAProcess() {
        Part process = add(Tier.SERVICES, "process", SERVER);
        process.serves("one", 8001);
        process.serves("two", 8002);

        parts.start();

        long pid = process.pid().orElseThrow();
        assertThat(LocalState.in(folder).parts())
                .containsExactly(
                        new PartStatus("one", pid, 8001, State.UP), new PartStatus("two", pid, 8002, State.UP));
    }

    @Test
    void whoWasStoppedOnPurposeStaysDownUntilItIsStarted() {
        Part service = add(Tier.SERVICES, "service", SERVER);
        parts.start();

        service.kill();
        assertThat(service.pid()).isEmpty();
        assertThat(service.status().state()).isEqualTo(State.DOWN);

        service.start();
        service.awaitReady();
        assertThat(service.status().state()).isEqualTo(State.UP);
        assertThat(ear.troubles).isEmpty();
    }

    @Test
    void whoDoesNotStartAtFirstEndsTheStartAndLeavesNothingRunning() {
        Part good = add(Tier.INFRASTRUCTURE, "good", SERVER);
        add(Tier.SERVICES, "bad", "echo nothing to do; exit 7", good);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(parts::start)
                .withMessage(
                        "bad did not start. bad ended with exit code 7 before it was ready. The reason is at the end of its log: "
                                + parts.log("bad"));
        assertThat(good.pid()).isEmpty();
        assertThat(LocalState.in(folder).parts()).isEmpty();
    }

    @Test
    void whoKeepsDyingStaysDownAndTheRestGoesOn() throws IOException {
        Path broken = folder.resolve("broken");
        Part service = add(Tier.SERVICES, "service", "[ ! -e " + broken + " ] || exit 3; " + SERVER);
        Part other = add(Tier.SERVICES, "other", SERVER);
        parts.start();

        Files.createFile(broken);
        killFromOutside(service.pid().orElseThrow());

        await().atMost(PATIENCE).until(() -> service.status().state() == State.DOWN);
        assertThat(ear.troubles).last().asString().contains("for the 6. time in a row: it stays down");
        assertThat(other.status().state()).isEqualTo(State.UP);
    }

    @Test
    void aStopDuringTheStartEndsWhatIsNotReadyYet() {
        Part slow = add(Tier.INFRASTRUCTURE, "slow", "while :; do sleep 0.1; done");
        Part waiting = add(Tier.SERVICES, "waiting", SERVER, slow);
        slow.start();
        waiting.start();
        await().atMost(PATIENCE).until(() -> slow.pid().isPresent());
        long pid = slow.pid().orElseThrow();

        parts.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(waiting.pid()).isEmpty();
    }

    @Test
    void theStateTellsEachPartToOtherPrograms() {
        Part service = add(Tier.SERVICES, "service", SERVER);
        assertThat(LocalState.in(folder).parts()).extracting("state").containsExactly(State.DOWN);

        parts.start();

        LocalState state = LocalState.in(folder);
        assertThat(state.isRunning()).isTrue();
        assertThat(StatusReport.json(state))
                .isEqualTo("{\"parts\":[{\"name\":\"service\",\"pid\":%d,\"port\":1,\"state\":\"up\"}]}\n"
                        .formatted(service.pid().orElseThrow()));
        assertThat(StatusReport.exitCode(state)).isZero();
    }

    @Test
    void aSecondLauncherIsToldOfTheFirst() {
        add(Tier.SERVICES, "service", SERVER);
        parts.start();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Parts.in(folder, new Ear()))
                .withMessage(
                        "Tidings is running already in %s (launcher pid %d). See `./run status`, or stop it with `./run stop`.",
                        folder, ProcessHandle.current().pid());
    }

    private Part add(Tier tier, String name, String script, Part... needs) {
        return StandIns.add(parts, tier, name, script, needs);
    }

    private static void killFromOutside(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
