package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Consumers.ConsumerReply;
import dev.tidings.backend.deadletters.DeadLetterTable.WorkerFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays dead letters. Safe for any thread. */
@Service
class Replays {
    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final DeadLetterTable table;
    private final Consumers consumers;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String appId;

    Replays(
            DeadLetterTable table,
            Consumers consumers,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${spring.application.name}") String appId) {
        this.table = table;
        this.consumers = consumers;
        this.transaction = transaction;
        this.clock = clock;
        this.appId = appId;
    }

    /** The result of a replay. */
    sealed interface Result {
        /** @param later number of later events of the same key that the consumers had already processed */
        record Replayed(int later) implements Result {}

        /** @param consumers app ids of the workers that failed */
        record FailedAgain(List<String> consumers, String error) implements Result {}

        record Undelivered(String reason) implements Result {}
    }

    /** @param actor user who requested the replay */
    Result replay(DeadLetter letter, String actor) {
        List<String> targets = letter.consumer() == null ? consumers.of(letter.topic()) : List.of(letter.consumer());
        Result result = deliver(letter, targets);
        String summary = switch (result) {
            case Result.Replayed(int later) -> "processed, after %d later event(s) of its key".formatted(later);
            case Result.FailedAgain(var _, String error) -> "failed again: " + error;
            case Result.Undelivered(String reason) -> "not delivered: " + reason;
        };
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            table.replayed(
                    letter.id(),
                    result instanceof Result.Replayed,
                    result instanceof Result.FailedAgain(var _, String error) ? error : null,
                    now);
            table.addAction(letter.id(), new DeadLetter.DeadLetterAction(now, actor, "replay", summary));
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

    /**
     * Replays a dead letter without a consumer to all workers of its topic. It is settled when each of them has processed the event
     * or has given up on it; each worker that gave up then has a dead letter of its own.
     */
    Result redeliver(DeadLetter letter) {
        Result result = deliver(letter, consumers.of(letter.topic()));
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            List<WorkerFailure> failures =
                    result instanceof Result.FailedAgain ? table.failures(letter.failedEvent()) : List.of();
            failures.forEach(failure -> table.upsert(letter.failedEvent(), failure, failure.error(), now));
            List<String> gaveUp = failures.stream().map(WorkerFailure::consumer).toList();
            boolean settled = switch (result) {
                case Result.Replayed _ -> true;
                case Result.FailedAgain(List<String> failed, var _) -> gaveUp.containsAll(failed);
                case Result.Undelivered _ -> false;
            };
            table.replayed(letter.id(), settled, null, now);
            if (settled) {
                String outcome = gaveUp.isEmpty() ? "processed" : "given up by " + String.join(", ", gaveUp);
                table.addAction(letter.id(), new DeadLetter.DeadLetterAction(now, appId, "replay", outcome));
                log.info("Dead letter {} ({} {}): {}", letter.id(), letter.eventType(), letter.eventId(), outcome);
            }
        });
        return result;
    }

    /** Delivers to each target once, even if another one fails. */
    private Result deliver(DeadLetter letter, List<String> targets) {
        if (targets.isEmpty()) {
            return new Result.Undelivered("no worker subscribes to topic " + letter.topic());
        }
        int later = 0;
        Map<String, String> failed = new LinkedHashMap<>();
        List<String> unreached = new ArrayList<>();
        for (String consumer : targets) {
            later += table.laterProcessed(letter, consumer);
            switch (consumers.deliver(consumer, letter.topic(), letter.eventKey(), letter.event())) {
                case ConsumerReply.Processed() -> {}
                case ConsumerReply.ConsumerFailed(String reason) -> failed.put(consumer, reason);
                case ConsumerReply.ConsumerUnreachable(String reason) ->
                    unreached.add("%s %s".formatted(consumer, reason));
            }
        }
        if (!unreached.isEmpty()) {
            return new Result.Undelivered(String.join("; ", unreached));
        }
        return failed.isEmpty()
                ? new Result.Replayed(later)
                : new Result.FailedAgain(
                        List.copyOf(failed.keySet()),
                        failed.entrySet().stream()
                                .map(one -> "%s: %s".formatted(one.getKey(), one.getValue()))
                                .collect(Collectors.joining("; ")));
    }
}
