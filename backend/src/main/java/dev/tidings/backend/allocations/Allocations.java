package dev.tidings.backend.allocations;

import dev.tidings.backend.home.StudentScreens;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Changes existing allocations. Safe for any thread. */
@Service
public class Allocations {
    private final AllocationTable table;
    private final WaitingList waitingList;
    private final StudentScreens screens;
    private final Clock clock;

    Allocations(AllocationTable table, WaitingList waitingList, StudentScreens screens, Clock clock) {
        this.table = table;
        this.waitingList = waitingList;
        this.screens = screens;
        this.clock = clock;
    }

    /** Cancels an allocation. Does nothing if it has ended. */
    @Transactional
    Optional<Allocation> cancel(UUID id) {
        table.lockPurchaseOf(id);
        table.cancel(id, clock.instant());
        waitingList.wakeAfterCommit();
        Optional<Allocation> cancelled = table.find(id);
        cancelled.map(Allocation::studentId).ifPresent(screens::invalidateAfterCommit);
        return cancelled;
    }

    List<Allocation> page(@Nullable AllocationStatus status, @Nullable UUID before, int limit) {
        return table.page(status, before, limit);
    }

    /** Records that a session took place. Joins the transaction of the caller, which must hold the lock of the purchase. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sessionHeld(UUID allocationId) {
        table.progress(allocationId, clock.instant());
        waitingList.wakeAfterCommit();
    }
}
