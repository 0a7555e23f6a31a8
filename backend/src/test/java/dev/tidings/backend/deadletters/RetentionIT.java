package dev.tidings.backend.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.backend.RunningBackend;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing that only matters for a while is kept for ever. */
class RetentionIT {
    private static final Duration INBOX = Duration.ofDays(30);
    private static final Duration DEAD_LETTERS = Duration.ofDays(21);

    private static RunningBackend backend;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        backend = RunningBackend.withoutSidecar();
        jdbc = backend.jdbc();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void theInboxFailuresAndDeadLettersAreForgottenAfterTheirTimeInAnyNumber() {
        jdbc.sql("""
                        INSERT INTO processed_events (source, event_source, event_id, event_type, topic, event_time, processed_at)
                        SELECT 'purchase-worker', 'backend', n, 'PURCHASE_CONFIRMED', 'purchase-confirmed', now(),
                               now() - n * interval '1 day'
                        FROM generate_series(1, 2500) n
                        """).update();
        jdbc.sql("""
                        INSERT INTO event_failure (source, event_source, event_id, event_type, topic, reason, permanent, attempts,
                                                   event, first_failed_at, last_failed_at)
                        SELECT 'purchase-worker', 'backend', n, 'PURCHASE_CONFIRMED', 'purchase-confirmed', 'broken', true, 1, '{}',
                               now() - n * interval '1 day', now() - n * interval '1 day'
                        FROM generate_series(1, 40) n
                        """).update();
        jdbc.sql("""
                        INSERT INTO dead_letter (id, event_source, event_id, event_type, topic, error, attempts, event, status,
                                                 received_at, changed_at)
                        SELECT gen_random_uuid(), 'backend', n, 'PURCHASE_CONFIRMED', 'purchase-confirmed', 'broken', 1, '{}',
                               (ARRAY ['open', 'replayed', 'discarded'])[1 + n % 3], now() - interval '1 year',
                               now() - n * interval '1 day'
                        FROM generate_series(1, 40) n
                        """).update();
        jdbc.sql("""
                        INSERT INTO dead_letter_action (dead_letter_id, at, actor, action)
                        SELECT id, changed_at, 'olga', 'replay' FROM dead_letter
                        """).update();

        new Retention(jdbc, INBOX, DEAD_LETTERS).prune();

        assertThat(count("processed_events")).isEqualTo(29);
        assertThat(count("event_failure")).isEqualTo(20);
        assertThat(count("dead_letter")).isEqualTo(20);
        assertThat(count("dead_letter_action")).isEqualTo(20);
    }

    @Test
    void anInboxThatForgetsBeforeAReplayCanComeIsRefused() {
        assertThatThrownBy(() -> new Retention(jdbc, DEAD_LETTERS, DEAD_LETTERS))
                .hasMessageContaining("tidings.inbox.retention");
    }

    private static int count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
    }
}
