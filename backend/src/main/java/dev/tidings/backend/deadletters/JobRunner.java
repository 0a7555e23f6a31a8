package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.DeadLetter.DeadLetterAction;
import dev.tidings.backend.deadletters.Replays.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out jobs on one virtual thread, in bounded steps: one letter at a time for a replay, {@value #DISCARDED_AT_ONCE} letters in
 * one statement for a discard. The position is committed after each step, so that a restart continues there; the letter of an
 * interrupted step is replayed again, which the inbox of its worker makes harmless. Each replica runs it; a lease decides which one
 * works, and an outdated position cannot be advanced.
 */
@Component
class JobRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int READ_AT_ONCE = 20;
    private static final int DISCARDED_AT_ONCE = 500;
    /** Longer than a delivery may take. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final JobTable table;
    private final DeadLetterTable letters;
    private final DeadLetterJobs jobs;
    private final Replays replays;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration poll;
    private volatile boolean running;
    private @Nullable Thread thread;

    /** @param poll interval at which a replica looks for a job that another one has left, and first pause of a job that waits */
    JobRunner(
            JobTable table,
            DeadLetterTable letters,
            DeadLetterJobs jobs,
            Replays replays,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${tidings.dead-letters.job-poll}") Duration poll) {
        this.table = table;
        this.letters = letters;
        this.jobs = jobs;
        this.replays = replays;
        this.transaction = transaction;
        this.clock = clock;
        this.poll = poll;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("dead-letter-jobs").start(this::serve);
    }

    @Override
    public void stop() {
        running = false;
        jobs.wakeUps().release();
        try {
            if (thread != null && !thread.join(STOP_WITHIN)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void serve() {
        while (running) {
            try {
                Optional<DeadLetterJob> leased = table.lease(clock.instant(), LEASE);
                if (leased.isPresent()) {
                    work(leased.get());
                    continue;
                }
            } catch (RuntimeException e) {
                log.warn("The job on dead letters cannot continue; next attempt in {}: {}", poll, e.toString());
            }
            pause(poll);
        }
    }

    private void work(DeadLetterJob leased) {
        DeadLetterJob job = leased;
        try {
            while (running) {
                Optional<DeadLetterJob> next =
                        job.action() == DeadLetterJob.Action.REPLAY ? replaySome(job) : discardSome(job);
                if (next.isEmpty()) {
                    return;
                }
                job = next.get();
            }
        } finally {
            boolean _ = Thread.interrupted(); // by a stop; the statement would fail
            table.release(job.id(), clock.instant());
        }
    }

    /** Returns the job with its new position; empty if it has ended, or no longer belongs to this replica. */
    private Optional<DeadLetterJob> replaySome(DeadLetterJob start) {
        List<DeadLetter> some = letters.between(start.filter(), start.lastId(), start.id(), READ_AT_ONCE);
        if (some.isEmpty()) {
            jobs.finish(start.id());
            return Optional.empty();
        }
        DeadLetterJob job = start;
        for (DeadLetter letter : some) {
            Optional<Boolean> succeeded = replay(job, letter);
            if (succeeded.isEmpty()) {
                return Optional.empty();
            }
            Optional<DeadLetterJob> next = table.advance(
                    job,
                    letter.id(),
                    succeeded.get() ? 1 : 0,
                    succeeded.get() ? 0 : 1,
                    clock.instant().plus(LEASE));
            if (next.isEmpty()) {
                return next;
            }
            job = next.get();
        }
        return Optional.of(job);
    }

    /** Tries until the worker of the letter can be reached. Returns empty if the job or the process is stopped meanwhile. */
    private Optional<Boolean> replay(DeadLetterJob job, DeadLetter letter) {
        for (Duration pause = poll; running; pause = longer(pause)) {
            switch (replays.replayInJob(letter, job)) {
                case Result.Replayed _ -> {
                    return Optional.of(true);
                }
                case Result.Undelivered(String reason, boolean isTemporary)
                when isTemporary -> {
                    if (!running
                            || !table.waits(
                                    job.id(),
                                    reason,
                                    clock.instant().plus(pause).plus(LEASE))) {
                        return Optional.empty();
                    }
                    pause(pause);
                }
                case Result.Undelivered _, Result.FailedAgain _ -> {
                    return Optional.of(false);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DeadLetterJob> discardSome(DeadLetterJob job) {
        Instant now = clock.instant();
        DeadLetterAction action = new DeadLetterAction(now, job.requestedBy(), "discard", "by job " + job.id());
        Optional<Optional<DeadLetterJob>> next = Optional.ofNullable(transaction.execute(status -> {
            List<UUID> discarded =
                    letters.discardBetween(job.filter(), job.lastId(), job.id(), DISCARDED_AT_ONCE, action);
            if (discarded.isEmpty()) {
                return null;
            }
            Optional<DeadLetterJob> advanced =
                    table.advance(job, discarded.getLast(), discarded.size(), 0, now.plus(LEASE));
            if (advanced.isEmpty()) {
                status.setRollbackOnly();
            }
            return advanced;
        }));
        if (next.isEmpty()) {
            jobs.finish(job.id());
        }
        return next.flatMap(advanced -> advanced);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void pause(Duration pause) {
        try {
            boolean _ = jobs.wakeUps().tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            jobs.wakeUps().drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
