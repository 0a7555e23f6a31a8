package dev.tidings.workers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.WorkersDatabase;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Workers and backend start at the same time, and the backend migrates. */
class BackendSchemaIT {
    @Test
    void aWorkerWaitsForTheBackendsTablesBeforeItOpensItsPort() throws Exception {
        WorkersDatabase database = WorkersDatabase.empty();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RunningWorker> starting = threads.submit(() -> RunningWorker.start("purchase-worker", database));

            database.migrate();

            try (RunningWorker worker = starting.get()) {
                assertThat(worker.get("/health/ready").statusCode()).isEqualTo(200);
            }
        }
    }

    /** Else a worker would start on a database that lacks what the newest migration brings. */
    @Test
    void theVersionThatIsWaitedForIsTheNewestThereIs() {
        WorkersDatabase database = WorkersDatabase.migrated();
        String newest = database.jdbc()
                .sql("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1")
                .query(String.class)
                .single();

        try (RunningWorker worker = RunningWorker.start("purchase-worker", database)) {
            assertThat(worker.bean(WorkerSettings.class).needsMigration()).isEqualTo(newest);
        }
    }
}
