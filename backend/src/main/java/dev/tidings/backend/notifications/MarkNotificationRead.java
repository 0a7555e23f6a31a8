package dev.tidings.backend.notifications;

import dev.tidings.events.EventType;
import dev.tidings.events.NotificationRead;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Marks notifications as read. Safe for any thread. */
@Service
class MarkNotificationRead {
    /** Reading is the second change of a notification; its creation is the first. */
    private static final long READ_VERSION = 2;

    private final NotificationTable table;
    private final Outbox outbox;
    private final Clock clock;

    MarkNotificationRead(NotificationTable table, Outbox outbox, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Does nothing if the notification was read before. Returns empty if the user has no such notification. */
    @Transactional
    public Optional<Notification> read(String userId, UUID id) {
        return table.lock(userId, id).map(found -> found.readAt() != null ? found : readNow(found));
    }

    private Notification readNow(Notification unread) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        table.markRead(unread.id(), now);
        NotificationRead event =
                new NotificationRead(unread.id().toString(), unread.userId(), READ_VERSION, Timestamps.format(now));
        outbox.append(EventType.NOTIFICATION_READ, unread.userId(), event);
        return unread.read(now);
    }
}
