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
import java.util.List;
import java.util.function.Function;
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

    /** Stores the notifications and announces them. */
    void add(List<Notice> notices) {
        insert(notices).forEach(this::announce);
    }

    /** Stores the notifications. Returns their events, in the same order, for {@link #announce}. */
    List<NotificationCreated> insert(List<Notice> notices) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<NotificationCreated> created =
                notices.stream().map(notice -> event(notice, now)).toList();
        jdbc.sql("""
                        INSERT INTO notification (notification_id, user_id, type, priority, title, message, subject_id,
                                                  created_at)
                        SELECT id, user_id, type, priority, title, message, subject_id, :now
                        FROM unnest(:ids::uuid[], :userIds::text[], :types::text[], :priorities::text[], :titles::text[],
                                    :messages::text[], :subjectIds::text[])
                            AS new (id, user_id, type, priority, title, message, subject_id)
                        """)
                .param("ids", texts(created, NotificationCreated::id))
                .param("userIds", texts(notices, Notice::userId))
                .param("types", texts(notices, Notice::type))
                .param("priorities", texts(notices, Notice::priority))
                .param("titles", texts(notices, Notice::title))
                .param("messages", texts(notices, Notice::message))
                .param("subjectIds", texts(notices, Notice::subjectId))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return created;
    }

    void announce(NotificationCreated created) {
        outbox.append(EventType.NOTIFICATION_CREATED, created.userId(), created);
    }

    private static NotificationCreated event(Notice notice, Instant now) {
        return new NotificationCreated(
                UuidCreator.getTimeOrderedEpoch().toString(),
                notice.userId(),
                notice.type(),
                notice.priority(),
                notice.title(),
                notice.message(),
                notice.subjectId(),
                1,
                Timestamps.format(now));
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
