package dev.tidings.backend.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of notifications. */
@Repository
class NotificationTable {
    private final JdbcClient jdbc;

    NotificationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns a page, newest first. */
    List<Notification> page(String userId, boolean unreadOnly, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM notification
                        WHERE user_id = :userId
                          AND (:before::uuid IS NULL OR notification_id < :before)
                          AND (NOT :unreadOnly OR read_at IS NULL)
                        ORDER BY notification_id DESC
                        LIMIT :limit
                        """)
                .param("userId", userId)
                .param("before", before, Types.OTHER)
                .param("unreadOnly", unreadOnly)
                .param("limit", limit)
                .query((row, n) -> notification(row))
                .list();
    }

    /** Counts unread notifications up to the limit. */
    int unread(String userId, int limit) {
        return jdbc.sql("""
                        SELECT count(*) FROM (
                            SELECT 1 FROM notification WHERE user_id = :userId AND read_at IS NULL LIMIT :limit) unread
                        """)
                .param("userId", userId)
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    /** Locks the row until the end of the transaction. */
    Optional<Notification> lock(String userId, UUID id) {
        return jdbc.sql("SELECT * FROM notification WHERE notification_id = :id AND user_id = :userId FOR UPDATE")
                .param("id", id)
                .param("userId", userId)
                .query((row, n) -> notification(row))
                .optional();
    }

    void markRead(UUID id, Instant readAt) {
        jdbc.sql("UPDATE notification SET read_at = :readAt WHERE notification_id = :id")
                .param("readAt", readAt.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private static Notification notification(ResultSet row) throws SQLException {
        OffsetDateTime readAt = row.getObject("read_at", OffsetDateTime.class);
        return new Notification(
                row.getObject("notification_id", UUID.class),
                row.getString("user_id"),
                row.getString("type"),
                row.getString("priority"),
                row.getString("title"),
                row.getString("message"),
                row.getString("subject_id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                readAt == null ? null : readAt.toInstant());
    }
}
