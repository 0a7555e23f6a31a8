package dev.tidings.backend.tasks;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what users send about a task, and collects all that is wrong with it. One instance reads one request. */
final class TaskForm {
    static final int MAX_TITLE = 200;
    static final int MAX_DESCRIPTION = 4_000;

    private static final Set<String> KNOWN = Set.of("title", "description", "due_at", "recurrence", "time_zone");
    /** Characters that no line of text has, and halves of characters, which no database keeps. */
    private static final Pattern UNPRINTABLE_IN_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final Pattern UNPRINTABLE_IN_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\r\\t]]");

    private final ObjectNode json;
    private final List<FieldError> errors = new ArrayList<>();

    private TaskForm(ObjectNode json) {
        this.json = json;
    }

    /** The fields of a new task. */
    static TaskFields newTask(ObjectNode json) {
        return new TaskForm(json).read(new TaskFields("", null, null, null, null), true);
    }

    /** The fields after a change: what the request does not name stays, null takes away. */
    static TaskFields change(ObjectNode json, TaskFields before) {
        return new TaskForm(json).read(before, false);
    }

    private TaskFields read(TaskFields before, boolean titleRequired) {
        json.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> refuse(abbreviated(name), "is not a field of a task"));
        String title = titleRequired || json.has("title") ? title() : before.title();
        String description = json.has("description") ? description() : before.description();
        OffsetDateTime due = json.has("due_at") ? dueAt() : null;
        TaskFields fields = new TaskFields(
                title,
                description,
                json.has("due_at") ? instant(due) : before.dueAt(),
                json.has("recurrence") ? recurrence() : before.recurrence(),
                json.has("time_zone") ? timeZone() : timeZone(due, before.timeZone()));
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return fields;
    }

    private String title() {
        String title = text("title");
        if (title == null) {
            if (errors.stream().noneMatch(error -> error.field().equals("title"))) {
                refuse("title", "is required");
            }
            return "";
        }
        checkText("title", title, MAX_TITLE, UNPRINTABLE_IN_LINE);
        if (title.isBlank()) {
            refuse("title", "must not be blank");
        }
        return title;
    }

    private @Nullable String description() {
        String description = text("description");
        if (description != null) {
            checkText("description", description, MAX_DESCRIPTION, UNPRINTABLE_IN_TEXT);
        }
        return description;
    }

    private @Nullable OffsetDateTime dueAt() {
        String text = text("due_at");
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            int year = time.toInstant().atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1970 && year <= 9999) {
                return time;
            }
            refuse("due_at", "must lie between the years 1970 and 9999");
        } catch (DateTimeException e) {
            refuse("due_at", "must be a time with an offset such as 2026-02-07T12:00:00.000Z");
        }
        return null;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private @Nullable ZoneId timeZone() {
        String text = text("time_zone");
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            refuse("time_zone", "must be a time zone such as Europe/Berlin or +01:00");
            return null;
        }
    }

    /** Who names no zone means the offset of the time he wrote, unless a place was named before. */
    private static @Nullable ZoneId timeZone(@Nullable OffsetDateTime due, @Nullable ZoneId before) {
        if (due == null || (before != null && !(before instanceof ZoneOffset))) {
            return before;
        }
        return due.getOffset().equals(ZoneOffset.UTC) ? null : due.getOffset();
    }

    private @Nullable Recurrence recurrence() {
        String text = text("recurrence");
        if (text == null) {
            return null;
        }
        return Recurrence.of(text).orElseGet(() -> {
            refuse("recurrence", "must be one of daily, weekly, monthly");
            return null;
        });
    }

    /** Null when it is missing, null or, noted as an error, no text. */
    private @Nullable String text(String field) {
        JsonNode node = json.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            refuse(field, "must be a text");
            return null;
        }
        return node.stringValue();
    }

    private void checkText(String field, String text, int max, Pattern unprintable) {
        if (text.codePointCount(0, text.length()) > max) {
            refuse(field, "must have at most %d characters".formatted(max));
        }
        if (unprintable.matcher(text).find()) {
            refuse(field, "must not contain control characters");
        }
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    private static String abbreviated(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
