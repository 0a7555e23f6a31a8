package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dapr's SQLite name resolution has a clean-up, hourly by default, that deletes the rows of running sidecars; at their next
 * renewal they end. A sidecar with an interval of two seconds shows it, and a sidecar with our configuration outlives that one.
 */
class SidecarsOutliveTheCleanUpOfTheirNamesIT {

    private static final String CLEAN_UP_SCHEDULED = "Schedule expired data clean up";

    private static DaprdBinary binary;

    @TempDir
    Path folder;

    @BeforeAll
    static void findDaprd() {
        binary = DaprdBinary.locate(System.err::println);
    }

    @Test
    void aSidecarEndsAfterACleanUpAndOurConfigurationSchedulesNone() throws IOException {
        String ours = Files.readString(DaprComponents.folder().resolve("config.yaml"));
        String withCleanUp = ours.replaceFirst("cleanupInterval: .*", "cleanupInterval: 2s");
        assertThat(withCleanUp).contains("cleanupInterval: 2s");

        try (Daprd safe = start("safe", ours);
                Daprd endangered = start("endangered", withCleanUp)) {
            endangered.process().onExit().orTimeout(60, TimeUnit.SECONDS).join();

            assertThat(endangered.process().logSinceStart()).contains(CLEAN_UP_SCHEDULED, "Host registration lost");
            assertThat(safe.process().isAlive()).isTrue();
            assertThat(safe.process().logSinceStart())
                    .contains("Configuring SQLite name resolution")
                    .doesNotContain(CLEAN_UP_SCHEDULED);
        }
    }

    /** With a file of names of its own: a clean-up deletes the rows of all sidecars of a file. */
    private Daprd start(String appId, String configuration) throws IOException {
        SidecarSpec spec = SidecarSpec.of(appId)
                .withConfig(Files.writeString(folder.resolve(appId + ".yaml"), configuration))
                .withEnv(DaprComponents.NAMES_DB, folder.resolve(appId + ".db").toString());
        Daprd sidecar = Daprd.start(binary, spec, folder.resolve(appId + ".log"));
        sidecar.awaitReady();
        return sidecar;
    }
}
