package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessIT {

    private static final int SIGKILL_EXIT = 128 + 9;

    @TempDir
    private Path folder;

    @Test
    void aProcessThatEndsTooEarlySaysWhoWhyAndWhereToRead() {
        ManagedProcess process = shell("echo 'port 5432 is taken'; exit 3")
                .readyWhen(Readiness.logLine("never"), Duration.ofSeconds(10))
                .start();

        assertThatThrownBy(process::awaitReady)
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContainingAll("sample", "exit code 3", "sample.log", "port 5432 is taken");
    }

    @Test
    void aProcessThatStaysSilentIsStopped() {
        ManagedProcess process = shell("sleep 60")
                .readyWhen(Readiness.logLine("never"), Duration.ofMillis(100))
                .start();

        assertThatThrownBy(process::awaitReady).hasMessageContaining("not ready");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void whatAnEarlierRunWroteDoesNotCount() throws IOException {
        Files.writeString(folder.resolve("sample.log"), "started\n");
        ManagedProcess process = shell("exit 0")
                .readyWhen(Readiness.logLine("started"), Duration.ofSeconds(10))
                .start();

        assertThatThrownBy(process::awaitReady).isInstanceOf(ProcessFailedException.class);
        assertThat(folder.resolve("sample.log")).content().isEqualTo("started\n");
    }

    @Test
    void stopLetsAProcessEndByItself() {
        try (ManagedProcess process = shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done")
                .readyWhen(Readiness.logLine("ready"), Duration.ofSeconds(10))
                .start()
                .awaitReady()) {
            process.stop();

            assertThat(process.exitCode()).hasValue(7);
        }
    }

    @Test
    void stopKillsWhatDoesNotListen() {
        try (ManagedProcess process = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done")
                .readyWhen(Readiness.logLine("ready"), Duration.ofSeconds(10))
                .stopGrace(Duration.ofMillis(100))
                .start()
                .awaitReady()) {
            process.stop();

            assertThat(process.exitCode()).hasValue(SIGKILL_EXIT);
        }
    }

    @Test
    void aFrozenProcessCanBeStopped() {
        try (ManagedProcess process = shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done")
                .readyWhen(Readiness.logLine("ready"), Duration.ofSeconds(10))
                .start()
                .awaitReady()) {
            process.suspend();
            process.stop();

            assertThat(process.exitCode()).hasValue(7);
        }
    }

    @Test
    void killTakesTheChildrenAlong() {
        try (ManagedProcess process = shell("sleep 60 & echo child=$!; wait")
                .readyWhen(Readiness.logLine("child="), Duration.ofSeconds(10))
                .start()
                .awaitReady()) {
            long child = Long.parseLong(process.logSinceStart().strip().substring("child=".length()));

            process.kill();

            assertThat(process.onExit().join()).isEqualTo(SIGKILL_EXIT);
            await().until(() -> ProcessHandle.of(child).isEmpty());
        }
    }

    @Test
    void theEnvironmentIsInheritedPlusAndMinus() {
        ManagedProcess process = shell("echo PATH=${PATH:+set} HOME=${HOME:-gone} NEW=$NEW")
                .env("NEW", "here")
                .withoutEnv("HOME")
                .start();

        process.onExit().join();
        assertThat(process.logSinceStart().strip()).isEqualTo("PATH=set HOME=gone NEW=here");
    }

    @Test
    void anObserverLearnsOfAProcessThatNeverBecomesReady() {
        List<ManagedProcess> seen = new ArrayList<>();
        ManagedProcess.Builder silent = shell("exit 1").readyWhen(Readiness.logLine("never"), Duration.ofSeconds(10));

        assertThatThrownBy(() -> ScopedValue.where(ManagedProcess.OBSERVER, seen::add)
                        .run(() -> silent.start().awaitReady()))
                .isInstanceOf(ProcessFailedException.class);
        assertThat(seen).singleElement().extracting(ManagedProcess::name).isEqualTo("sample");
    }

    private ManagedProcess.Builder shell(String script) {
        return ManagedProcess.named("sample").command("sh", "-c", script).log(folder.resolve("sample.log"));
    }
}
