package dev.tidings.backend.allocations;

import dev.tidings.backend.allocations.AllocationTable.WaitingPurchase;
import dev.tidings.backend.allocations.Assignment.Allocated;
import dev.tidings.backend.allocations.Assignment.Waiting;
import dev.tidings.backend.allocations.Purchase.TrainerRequirements;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Retries auto-assign for purchases that wait for a trainer, oldest first. One virtual thread does so after each wake-up and
 * periodically. Several replicas may retry at the same time, because auto-assign is idempotent.
 */
@Component
public class WaitingList implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WaitingList.class);
    private static final int AT_ONCE = 100;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final AllocationTable table;
    private final AutoAssign autoAssign;
    private final Duration recheck;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    /** @param recheck interval of the periodic retry */
    WaitingList(
            AllocationTable table, AutoAssign autoAssign, @Value("${tidings.allocations.recheck}") Duration recheck) {
        this.table = table;
        this.autoAssign = autoAssign;
        this.recheck = recheck;
    }

    /** Retries after the commit of the caller's transaction, which may have freed a trainer. Safe for any thread. */
    public void wakeAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakeUps.release();
            }
        });
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("waiting-list").start(this::serve);
    }

    @Override
    public void stop() {
        running = false;
        wakeUps.release();
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
                tryAll();
            } catch (RuntimeException e) {
                log.warn(
                        "Retrying purchases that wait for a trainer failed; next attempt in {}: {}",
                        recheck,
                        e.toString());
            }
            try {
                boolean _ = wakeUps.tryAcquire(recheck.toMillis(), TimeUnit.MILLISECONDS);
                wakeUps.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void tryAll() {
        Set<TrainerRequirements> withoutTrainer = new HashSet<>();
        List<WaitingPurchase> waiting;
        @Nullable UUID last = null;
        do {
            waiting = table.waiting(last, AT_ONCE);
            for (WaitingPurchase next : waiting) {
                if (running && !withoutTrainer.contains(next.requirements())) {
                    tryOne(next, withoutTrainer);
                }
                last = next.allocationId();
            }
        } while (running && waiting.size() == AT_ONCE);
    }

    private void tryOne(WaitingPurchase next, Set<TrainerRequirements> withoutTrainer) {
        switch (autoAssign.assign(next.purchaseId())) {
            case Allocated allocated ->
                log.info(
                        "Purchase {} no longer waits: trainer {} was assigned",
                        next.purchaseId(),
                        allocated.trainerId());
            case Waiting _ -> withoutTrainer.add(next.requirements());
            default -> log.info("Purchase {} no longer waits", next.purchaseId());
        }
    }
}
