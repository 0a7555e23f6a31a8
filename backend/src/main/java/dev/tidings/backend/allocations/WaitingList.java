package dev.tidings.backend.allocations;

import dev.tidings.backend.allocations.AllocationTable.Waiter;
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
 * The purchases that wait for a trainer, oldest first. One virtual thread tries them again whenever it is woken, and every so
 * often without. Replicas may do so at once: an assignment is idempotent.
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

    /** @param recheck how often they are tried without a wake-up */
    WaitingList(
            AllocationTable table, AutoAssign autoAssign, @Value("${tidings.allocations.recheck}") Duration recheck) {
        this.table = table;
        this.autoAssign = autoAssign;
        this.recheck = recheck;
    }

    /** A trainer may have become free by the caller's transaction: those that wait are tried after its commit. Any thread. */
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
                log.warn("Purchases that wait for a trainer could not be tried, which is done again: {}", e.toString());
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
        Set<TrainerRequirements> hopeless = new HashSet<>();
        List<Waiter> waiters;
        @Nullable UUID last = null;
        do {
            waiters = table.waiting(last, AT_ONCE);
            for (Waiter waiter : waiters) {
                if (running && !hopeless.contains(waiter.wish())) {
                    tryOne(waiter, hopeless);
                }
                last = waiter.allocationId();
            }
        } while (running && waiters.size() == AT_ONCE);
    }

    private void tryOne(Waiter waiter, Set<TrainerRequirements> hopeless) {
        switch (autoAssign.assign(waiter.purchaseId())) {
            case Allocated allocated ->
                log.info("Purchase {} waited, and has trainer {} now", waiter.purchaseId(), allocated.trainerId());
            case Waiting _ -> hopeless.add(waiter.wish());
            default -> log.info("Purchase {} does not wait any more", waiter.purchaseId());
        }
    }
}
