package dev.tidings.backend.notifications;

import dev.tidings.events.EventType;
import dev.tidings.events.NotificationRead;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What users do with their notifications. Safe for any thread. */
@Service
class MarkNotificationRead {
    /** The second change of a notification; the first made it. */
    private static final long READ_VERSION = 2;

    private final NotificationTable table;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    MarkNotificationRead(NotificationTable table, Outbox outbox, JsonMapper json, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Reading it again changes nothing. Empty if the user has no such notification. */
    @Transactional
    public Optional<Notification> read(String userId, UUID id) {
        return table.lock(userId, id).map(found -> found.readAt() != null ? found : readNow(found));
    }

    private Notification readNow(Notification unread) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        table.markRead(unread.id(), now);
        NotificationRead event =
                new NotificationRead(unread.id().toString(), unread.userId(), READ_VERSION, Timestamps.format(now));
        outbox.append(OutboxEvent.of(EventType.NOTIFICATION_READ, unread.userId(), json.writeValueAsString(event)));
        return unread.read(now);
    }
}
