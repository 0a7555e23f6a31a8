package dev.tidings.backend.overview;

import dev.tidings.events.ConsoleSnapshot;
import dev.tidings.events.EventType;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the snapshots to the operators who look at the overview, through the outbox like every event, so that they take the same way to
 * the screen. One thread of the scheduler calls it.
 */
@Component
class SnapshotFeed {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFeed.class);

    private final ConsoleWatch watch;
    private final FigureCollector collector;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final AlertLimits limits;
    private final Clock clock;
    private boolean isIdle = true;

    SnapshotFeed(
            ConsoleWatch watch,
            FigureCollector collector,
            Outbox outbox,
            TransactionTemplate transaction,
            OverviewSettings settings,
            Clock clock) {
        this.watch = watch;
        this.collector = collector;
        this.outbox = outbox;
        this.transaction = transaction;
        this.limits = new AlertLimits(settings.deliverWithin());
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${tidings.overview.period}")
    void send() throws InterruptedException {
        Set<String> users = watch.users();
        if (users.isEmpty()) {
            if (!isIdle) {
                collector.forget();
                isIdle = true;
            }
            return;
        }
        isIdle = false;
        ConsoleSnapshot snapshot = snapshot("", Duration.ZERO);
        try {
            transaction.executeWithoutResult(_ -> users.forEach(user -> outbox.append(
                    EventType.CONSOLE_SNAPSHOT,
                    user,
                    new ConsoleSnapshot(user, snapshot.at(), snapshot.nodes(), snapshot.point()))));
        } catch (DataAccessException | TransactionException e) {
            log.debug("A snapshot was not sent, the pages ask for it: {}", e.getMessage());
        }
    }

    /** @param maxAge of the figures */
    ConsoleSnapshot snapshot(String userId, Duration maxAge) throws InterruptedException {
        return collector.read(
                maxAge,
                (figures, now) -> new ConsoleSnapshot(
                        userId,
                        Timestamps.format(clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                        new WayOfAnEvent(figures, limits, now).nodes(),
                        Charts.latest(figures, now)));
    }
}
