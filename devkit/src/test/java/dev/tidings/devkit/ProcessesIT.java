package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts as processes: what they keep when they are stopped, killed or frozen. */
class ProcessesIT {

    @Test
    void postgresKeepsItsDataOverAKillAndARestart(@TempDir Path folder) throws SQLException {
        try (Postgres postgres = Postgres.start(folder.resolve("data"), folder.resolve("postgres.log"), Ports.free())) {
            TidingsDatabase database = postgres.createDatabase("kept");
            SqlCalls.execute(database.backend(), "CREATE TABLE facts (fact text)");
            SqlCalls.execute(database.backend(), "INSERT INTO facts VALUES ('committed')");
            long firstPid = postgres.process().pid();

            postgres.kill();
            assertThat(postgres.process().isAlive()).isFalse();
            postgres.restart();

            assertThat(postgres.process().pid()).isNotEqualTo(firstPid);
            assertThat(SqlCalls.query(database.backend(), "SELECT fact FROM facts"))
                    .isEqualTo("committed");
        }
    }

    @Test
    void redisKeepsItsDataOverARestart(@TempDir Path folder) {
        try (Redis redis = Redis.start(folder.resolve("data"), folder.resolve("redis.log"), Ports.free())) {
            redis.command("SET", "fact", "kept");
            redis.restart();
            assertThat(redis.command("GET", "fact")).isEqualTo("kept");

            redis.flush();
            assertThat(redis.command("GET", "fact")).isEmpty();
        }
    }

    @Test
    void kafkaKeepsItsTopicsOverARestart(@TempDir Path folder) {
        try (KafkaBroker kafka = KafkaBroker.start(folder.resolve("data"), folder.resolve("kafka.log"), Ports.free())) {
            kafka.createTopics(Map.of("kept", 3));
            kafka.restart();

            assertThat(kafka.topics()).contains("kept");
        }
    }

    @Test
    void aFrozenSidecarAnswersAgainOnceItIsThawed(@TempDir Path folder) throws Exception {
        DaprdBinary binary = DaprdBinary.locate(System.err::println);
        try (Daprd sidecar = Daprd.start(binary, SidecarSpec.of("alone"), folder.resolve("daprd.log"))) {
            sidecar.awaitReady();
            sidecar.process().suspend();
            sidecar.process().resume();

            assertThat(SidecarCalls.get(sidecar, "/v1.0/healthz", Map.of()).statusCode())
                    .isEqualTo(204);
        }
    }
}
