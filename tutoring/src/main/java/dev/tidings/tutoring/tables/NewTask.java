package dev.tidings.tutoring.tables;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first version of an open task.
 *
 * @param recurrence daily, weekly or monthly; null for a single task
 * @param timeZone time zone in which days and months of the recurrence are counted; null for UTC
 * @param createdAt whole milliseconds, the precision on the wire
 * @param successorOf the completed task of the same series that this task follows; null for a task that its owner creates
 */
public record NewTask(
        UUID id,
        String userId,
        String title,
        @Nullable String description,
        @Nullable Instant dueAt,
        @Nullable String recurrence,
        @Nullable String timeZone,
        Instant createdAt,
        @Nullable Predecessor successorOf) {

    /** @param seriesStart first due time of the series */
    public record Predecessor(UUID taskId, Instant seriesStart) {}

    /** @return false if the predecessor has a successor already */
    public boolean insert(JdbcClient jdbc) {
        return jdbc.sql("""
                        INSERT INTO task (task_id, user_id, title, description, due_at, recurrence, time_zone, status,
                                          version, created_at, updated_at, series_start, previous_task_id)
                        VALUES (:id, :userId, :title, :description, :dueAt, :recurrence, :timeZone, 'open',
                                1, :createdAt, :createdAt, :seriesStart, :previous)
                        ON CONFLICT (previous_task_id) DO NOTHING
                        """)
                        .param("id", id)
                        .param("userId", userId)
                        .param("title", title)
                        .param("description", description)
                        .param("dueAt", utc(dueAt))
                        .param("recurrence", recurrence)
                        .param("timeZone", timeZone)
                        .param("createdAt", utc(createdAt))
                        .param("seriesStart", successorOf == null ? null : utc(successorOf.seriesStart()))
                        .param("previous", successorOf == null ? null : successorOf.taskId())
                        .update()
                == 1;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
