package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Consumers.Answer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries dead letters again. Safe for any thread. */
@Service
class Replays {
    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final DeadLetterTable table;
    private final Consumers consumers;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Replays(DeadLetterTable table, Consumers consumers, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.consumers = consumers;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of a replay. */
    sealed interface Result {
        /** @param later events of the same key that the consumers had processed before this one */
        record Processed(int later) implements Result {}

        record FailedAgain(String error) implements Result {}

        record Unreachable(String reason) implements Result {}
    }

    /** @param actor who wants it */
    Result replay(DeadLetter letter, String actor) {
        List<String> targets = letter.consumer() == null ? consumers.of(letter.topic()) : List.of(letter.consumer());
        Result result = deliver(letter, targets);
        String summary = switch (result) {
            case Result.Processed(int later) -> "processed, after %d later event(s) of its key".formatted(later);
            case Result.FailedAgain(String error) -> "failed again: " + error;
            case Result.Unreachable(String reason) -> "not delivered: " + reason;
        };
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            table.replayed(
                    letter.id(),
                    result instanceof Result.Processed,
                    result instanceof Result.FailedAgain(String error) ? error : null,
                    now);
            table.note(letter.id(), new DeadLetter.Action(now, actor, "replay", summary));
        });
        log.info(
                "Dead letter {} ({} {}) replayed by {}: {}",
                letter.id(),
                letter.eventType(),
                letter.eventId(),
                actor,
                summary);
        return result;
    }

    /** To all of the targets, though one may fail: each has the event once. */
    private Result deliver(DeadLetter letter, List<String> targets) {
        if (targets.isEmpty()) {
            return new Result.Unreachable("no worker listens to topic " + letter.topic());
        }
        int later = 0;
        List<String> failed = new ArrayList<>();
        List<String> unreached = new ArrayList<>();
        for (String consumer : targets) {
            later += table.laterProcessed(letter, consumer);
            switch (consumers.deliver(consumer, letter.topic(), letter.eventKey(), letter.event())) {
                case Answer.Processed() -> {}
                case Answer.Failed(String reason) -> failed.add("%s: %s".formatted(consumer, reason));
                case Answer.Unreachable(String reason) -> unreached.add("%s %s".formatted(consumer, reason));
            }
        }
        if (!unreached.isEmpty()) {
            return new Result.Unreachable(String.join("; ", unreached));
        }
        return failed.isEmpty() ? new Result.Processed(later) : new Result.FailedAgain(String.join("; ", failed));
    }
}
