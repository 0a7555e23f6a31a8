package dev.tidings.backend.tasks;

import dev.tidings.backend.requests.FormReader;
import dev.tidings.backend.requests.RequestTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests about tasks. */
final class TaskForm {
    static final int MAX_TITLE = 200;
    static final int MAX_DESCRIPTION = 4_000;

    private static final Set<String> FIELDS = Set.of("title", "description", "due_at", "recurrence", "time_zone");

    private TaskForm() {}

    /** Reads the fields of a new task. */
    static TaskFields newTask(ObjectNode json) {
        return read(json, new TaskFields("", null, null, null, null), true);
    }

    /** Reads a change. A field that the request does not name keeps its value; null removes the value. */
    static TaskFields change(ObjectNode json, TaskFields before) {
        return read(json, before, false);
    }

    private static TaskFields read(ObjectNode json, TaskFields before, boolean isTitleRequired) {
        FormReader form = FormReader.of(json, "a task", FIELDS);
        OffsetDateTime due = form.parsed(
                "due_at", RequestTimes::time, "must be a time with an offset such as 2026-02-07T12:00:00.000Z");
        TaskFields fields = new TaskFields(
                isTitleRequired || form.names("title") ? form.line("title", MAX_TITLE) : before.title(),
                form.names("description") ? form.optionalText("description", MAX_DESCRIPTION) : before.description(),
                form.names("due_at") ? instant(due) : before.dueAt(),
                form.names("recurrence")
                        ? form.parsed("recurrence", Recurrence::of, "must be one of daily, weekly, monthly")
                        : before.recurrence(),
                form.names("time_zone")
                        ? form.parsed(
                                "time_zone", TaskForm::zone, "must be a time zone such as Europe/Berlin or +01:00")
                        : zone(due, before.timeZone()));
        form.finish();
        return fields;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Without a time zone in the request, the offset of the due time replaces an earlier offset, but not an earlier region. */
    private static @Nullable ZoneId zone(@Nullable OffsetDateTime due, @Nullable ZoneId before) {
        if (due == null || (before != null && !(before instanceof ZoneOffset))) {
            return before;
        }
        return due.getOffset().equals(ZoneOffset.UTC) ? null : due.getOffset();
    }
}
