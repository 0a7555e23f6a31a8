package dev.tidings.backend.deadletters;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.backend.operatorlog.OperatorLog;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Starts, shows and stops jobs; {@link JobRunner} carries them out. Safe for any thread. */
@Service
class DeadLetterJobs {
    private final JobTable jobs;
    private final DeadLetterTable letters;
    private final OperatorLog operatorLog;
    private final Clock clock;
    private final Semaphore wakeUps = new Semaphore(0);

    DeadLetterJobs(JobTable jobs, DeadLetterTable letters, OperatorLog operatorLog, Clock clock) {
        this.jobs = jobs;
        this.letters = letters;
        this.operatorLog = operatorLog;
        this.clock = clock;
    }

    /** A permit for each job that was started here. */
    Semaphore wakeUps() {
        return wakeUps;
    }

    /** Starts a job. Returns empty if another one is running. */
    @Transactional
    public Optional<DeadLetterJob> start(DeadLetterJob.Action action, DeadLetterFilter filter, String operator) {
        Instant now = clock.instant();
        UUID id = UuidCreator.getTimeOrderedEpoch();
        int matching = letters.count(filter, DeadLetterJob.MAX_COUNTED + 1);
        DeadLetterJob job =
                new DeadLetterJob(id, action, filter, operator, now, "running", matching, null, 0, 0, null, null);
        if (!jobs.insert(job)) {
            return Optional.empty();
        }
        operatorLog.record(operator, "operator.dead_letter_job.start", id.toString(), "started", details(job));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakeUps.release();
            }
        });
        return Optional.of(job);
    }

    /** Stops a job after the letter that it handles at present. A job that has ended remains as it is. */
    @Transactional
    public Optional<DeadLetterJob> stop(UUID id, String operator) {
        Optional<DeadLetterJob> stopped = jobs.end(id, "stopped", clock.instant());
        stopped.ifPresent(job -> operatorLog.record(
                operator, "operator.dead_letter_job.stop", id.toString(), outcome(job), details(job)));
        return stopped.or(() -> jobs.find(id));
    }

    /** Records that a job has handled all its letters. */
    @Transactional
    public void finish(UUID id) {
        jobs.end(id, "done", clock.instant())
                .ifPresent(job -> operatorLog.record(
                        job.requestedBy(), "operator.dead_letter_job.end", id.toString(), outcome(job), details(job)));
    }

    Optional<DeadLetterJob> find(UUID id) {
        return jobs.find(id);
    }

    Optional<DeadLetterJob> running() {
        return jobs.running();
    }

    List<DeadLetterJob> page(@Nullable UUID before, int limit) {
        return jobs.page(before, limit);
    }

    private static String outcome(DeadLetterJob job) {
        return "%d %s, %d failed again"
                .formatted(
                        job.succeeded(),
                        job.action() == DeadLetterJob.Action.REPLAY ? "replayed" : "discarded",
                        job.failed());
    }

    private static Map<String, ?> details(DeadLetterJob job) {
        Map<String, @Nullable Object> filter = new LinkedHashMap<>();
        filter.put("consumer", job.filter().consumer());
        filter.put("topic", job.filter().topic());
        filter.put("eventType", job.filter().eventType());
        return Map.of("action", job.actionName(), "filter", filter, "matching", job.matching());
    }
}
