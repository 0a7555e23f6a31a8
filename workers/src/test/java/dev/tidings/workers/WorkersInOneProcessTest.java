package dev.tidings.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.topology.App;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkersInOneProcessTest {

    @Test
    void aMisspeltWorkerStopsTheStart() {
        assertThatThrownBy(() -> WorkersInOneProcess.run("purchase-worker, cash-worker"))
                .hasMessageContaining("'cash-worker'");
    }

    @Test
    void aWorkerHasTheVariablesWithItsNameInFront() {
        Map<String, String> environment = Map.of(
                "TIDINGS_WORKERS", "purchase-worker,cache-worker",
                "PURCHASE_WORKER_SERVER_PORT", "8010",
                "PURCHASE_WORKER_TIDINGS_DB_USER", "purchase",
                "CACHE_WORKER_SERVER_PORT", "8013");

        assertThat(WorkersInOneProcess.variables(App.PURCHASE_WORKER, environment))
                .containsOnly(
                        Map.entry("TIDINGS_WORKER", "purchase-worker"),
                        Map.entry("SERVER_PORT", "8010"),
                        Map.entry("TIDINGS_DB_USER", "purchase"));
    }
}
