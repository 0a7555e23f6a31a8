package dev.tidings.backend.deadletters;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes rows of the inbox, failures and dead letters after their retention. Several replicas may do so at the same time: each deletes
 * rows that no other has locked, in small batches.
 */
@Component
class Retention {
    private static final int AT_ONCE = 1_000;

    private static final String PROCESSED_EVENTS = """
            DELETE FROM processed_events WHERE ctid IN (
                SELECT ctid FROM processed_events WHERE processed_at < now() - :retention * interval '1 second'
                LIMIT :limit FOR UPDATE SKIP LOCKED)
            """;

    private static final String FAILURES = """
            DELETE FROM event_failure WHERE ctid IN (
                SELECT ctid FROM event_failure WHERE last_failed_at < now() - :retention * interval '1 second'
                LIMIT :limit FOR UPDATE SKIP LOCKED)
            """;

    /** Deletes the actions too. The foreign key is checked at the end of the statement, so the order does not matter. */
    private static final String DEAD_LETTERS = """
            WITH old AS (
                SELECT id FROM dead_letter WHERE changed_at < now() - :retention * interval '1 second'
                LIMIT :limit FOR UPDATE SKIP LOCKED),
            actions AS (DELETE FROM dead_letter_action USING old WHERE dead_letter_id = old.id)
            DELETE FROM dead_letter USING old WHERE dead_letter.id = old.id
            """;

    private final JdbcClient jdbc;
    private final Duration inbox;
    private final Duration deadLetters;

    Retention(
            JdbcClient jdbc,
            @Value("${tidings.inbox.retention}") Duration inbox,
            @Value("${tidings.dead-letters.retention}") Duration deadLetters) {
        if (inbox.compareTo(deadLetters) <= 0) {
            throw new IllegalArgumentException(
                    "tidings.inbox.retention (%s) must be longer than tidings.dead-letters.retention (%s): otherwise a replay could have its effect twice"
                            .formatted(inbox, deadLetters));
        }
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void prune() {
        prune(PROCESSED_EVENTS, inbox);
        prune(FAILURES, deadLetters);
        prune(DEAD_LETTERS, deadLetters);
    }

    private void prune(String statement, Duration retention) {
        int pruned;
        do {
            pruned = jdbc.sql(statement)
                    .param("retention", retention.toSeconds())
                    .param("limit", AT_ONCE)
                    .update();
        } while (pruned == AT_ONCE);
    }
}
