package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Consumers.ConsumerReply;
import dev.tidings.backend.deadletters.DeadLetter.DeadLetterAction;
import dev.tidings.backend.deadletters.DeadLetterTable.WorkerFailure;
import dev.tidings.backend.operatorlog.OperatorLog;
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
    private final OperatorLog operatorLog;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String appId;

    Replays(
            DeadLetterTable table,
            Consumers consumers,
            OperatorLog operatorLog,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${spring.application.name}") String appId) {
        this.table = table;
        this.consumers = consumers;
        this.operatorLog = operatorLog;
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

        /** @param isTemporary whether a later attempt may succeed without a change of the configuration */
        record Undelivered(String reason, boolean isTemporary) implements Result {}
    }

    /** @param actor user who requested the replay */
    Result replay(DeadLetter letter, String actor) {
        Result result = deliver(letter);
        String summary = summary(result);
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            store(letter, result, new DeadLetterAction(now, actor, "replay", summary));
            operatorLog.record(
                    actor,
                    "operator.dead_letter.replay",
                    letter.id().toString(),
                    summary,
                    Map.of("eventId", letter.eventId(), "eventType", letter.eventType()));
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

    /** Replays a dead letter for a job. An attempt that did not reach the worker leaves no trace, because the job repeats it. */
    Result replayInJob(DeadLetter letter, DeadLetterJob job) {
        Result result = deliver(letter);
        String summary = "%s (by job %s)".formatted(summary(result), job.id());
        if (!(result instanceof Result.Undelivered(var _, boolean isTemporary) && isTemporary)) {
            transaction.executeWithoutResult(status ->
                    store(letter, result, new DeadLetterAction(clock.instant(), job.requestedBy(), "replay", summary)));
        }
        log.debug("Dead letter {} replayed: {}", letter.id(), summary);
        return result;
    }

    private Result deliver(DeadLetter letter) {
        return deliver(letter, letter.consumer() == null ? consumers.of(letter.topic()) : List.of(letter.consumer()));
    }

    private void store(DeadLetter letter, Result result, DeadLetterAction action) {
        table.replayed(
                letter.id(),
                result instanceof Result.Replayed,
                result instanceof Result.FailedAgain(var _, String error) ? error : null,
                action.at());
        table.addAction(letter.id(), action);
    }

    private static String summary(Result result) {
        return switch (result) {
            case Result.Replayed(int later) -> "processed, after %d later event(s) of its key".formatted(later);
            case Result.FailedAgain(var _, String error) -> "failed again: " + error;
            case Result.Undelivered(String reason, var _) -> "not delivered: " + reason;
        };
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
                table.addAction(letter.id(), new DeadLetterAction(now, appId, "replay", outcome));
                log.info("Dead letter {} ({} {}): {}", letter.id(), letter.eventType(), letter.eventId(), outcome);
            }
        });
        return result;
    }

    /** Delivers to each target once, even if another one fails. */
    private Result deliver(DeadLetter letter, List<String> targets) {
        if (targets.isEmpty()) {
            return new Result.Undelivered("no worker subscribes to topic " + letter.topic(), false);
        }
        int later = 0;
        boolean isTemporary = false;
        Map<String, String> failed = new LinkedHashMap<>();
        List<String> unreached = new ArrayList<>();
        for (String consumer : targets) {
            later += table.laterProcessed(letter, consumer);
            switch (consumers.deliver(consumer, letter.topic(), letter.eventKey(), letter.event())) {
                case ConsumerReply.Processed() -> {}
                case ConsumerReply.ConsumerFailed(String reason) -> failed.put(consumer, reason);
                case ConsumerReply.ConsumerUnreachable(String reason, boolean canRecover) -> {
                    unreached.add("%s %s".formatted(consumer, reason));
                    isTemporary |= canRecover;
                }
            }
        }
        if (!unreached.isEmpty()) {
            return new Result.Undelivered(String.join("; ", unreached), isTemporary);
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
