package dev.tidings.websocket.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogRetentionIT {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private final LogDatabase database = new LogDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    private static NewEvent event(String id) {
        return new NewEvent("backend", id, "task.created", "task_update", "{}", new TreeSet<>(Set.of(ADA)), Set.of());
    }

    private LoggedEvent append(String id) {
        return database.log.append(List.of(event(id))).getFirst();
    }

    @Test
    void anEventDeliveredAgainAcrossAPartitionsEdgeIsADuplicate() {
        append("e1");
        database.age(Duration.ofDays(2));

        assertThat(append("e1").number()).isEqualTo(1);
        assertThat(append("e2").number()).isEqualTo(2);
        assertThat(database.log.read(ADA, 0, 10).events())
                .extracting(LoggedEvent::id)
                .containsExactly("e1", "e2");
    }

    @Test
    void whatIsOlderThanTheRetentionGoesButItsIdsAndTypesStayKnown() {
        append("e1");
        append("e2");
        database.age(Duration.ofDays(8));
        append("e3");

        database.retention.run();

        LogPage page = database.log.read(ADA, 0, 10);
        assertThat(page.gap()).isEqualTo(new Gap(ADA, 1, 2, Map.of("task.created", 2L)));
        assertThat(page.events()).extracting(LoggedEvent::id).containsExactly("e3");
        assertThat(append("e1").number()).isEqualTo(1);
        assertThat(database.partitions()).isLessThanOrEqualTo(PartitionPlan.MAX_PARTITIONS);
    }

    @Test
    void idsAreForgottenAfterTheirOwnRetentionAndNumbersGoOn() {
        append("e1");
        database.age(Duration.ofDays(31));

        database.retention.run();

        assertThat(database.log.read(ADA, 0, 10).gap()).isEqualTo(new Gap(ADA, 1, 1, Map.of()));
        assertThat(append("e1").number()).isEqualTo(2);
    }

    @Test
    void theLogWritesOnAfterAStandstillLongerThanItsPartitions() {
        for (String partition : database.jdbc
                .sql(
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'business_event_log'::regclass")
                .query((row, i) -> row.getString(1))
                .list()) {
            database.jdbc.sql("DROP TABLE " + partition).update();
        }

        assertThat(append("e1").number()).isEqualTo(1);
    }

    @Test
    void aLongReadDelaysTheCleaningWithoutStoppingWritersAndTheNextRunEndsIt() throws SQLException {
        append("e1");
        database.age(Duration.ofDays(8));
        try (Connection reader = database.dataSource.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM business_event_log");
            database.retention.run();
            assertThat(append("e2").number()).isEqualTo(2);
            reader.rollback();
            reader.setAutoCommit(true);
        }

        database.retention.run();

        assertThat(database.log.read(ADA, 0, 10).gap()).isEqualTo(new Gap(ADA, 1, 1, Map.of("task.created", 1L)));
        assertThat(database.jdbc
                        .sql(
                                "SELECT count(*) FROM pg_class WHERE relname LIKE 'business_event_log_p%' AND relkind = 'r'")
                        .query(Long.class)
                        .single())
                .isEqualTo(database.partitions());
    }

    @Test
    void anotherEpochIsSeenAtOnce() {
        long before = database.log.epoch();

        database.jdbc.sql("UPDATE log_epoch SET epoch = DEFAULT").update();

        assertThat(database.log.epoch()).isNotEqualTo(before);
    }
}
