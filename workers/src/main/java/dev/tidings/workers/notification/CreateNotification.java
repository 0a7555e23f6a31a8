package dev.tidings.workers.notification;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import dev.tidings.events.NotificationCreated;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.workers.runtime.ForWorker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores a notification and its event in the transaction of the caller. Safe for any thread. */
@Component
@ForWorker("notification-service")
class CreateNotification {
    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Clock clock;

    CreateNotification(JdbcClient jdbc, Outbox outbox, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.clock = clock;
    }

    void add(Notice notice) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        jdbc.sql("""
                        INSERT INTO notification (notification_id, user_id, type, priority, title, message, subject_id,
                                                  created_at)
                        VALUES (:id, :userId, :type, :priority, :title, :message, :subjectId, :now)
                        """)
                .param("id", id)
                .param("userId", notice.userId())
                .param("type", notice.type())
                .param("priority", notice.priority())
                .param("title", notice.title())
                .param("message", notice.message())
                .param("subjectId", notice.subjectId())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        NotificationCreated event = new NotificationCreated(
                id.toString(),
                notice.userId(),
                notice.type(),
                notice.priority(),
                notice.title(),
                notice.message(),
                notice.subjectId(),
                1,
                Timestamps.format(now));
        outbox.append(EventType.NOTIFICATION_CREATED, notice.userId(), event);
    }
}
