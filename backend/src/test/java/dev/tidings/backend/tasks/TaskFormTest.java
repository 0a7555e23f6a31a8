package dev.tidings.backend.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TaskFormTest {
    private static final TaskFields BEFORE = new TaskFields(
            "Call",
            "Ask for the date",
            Instant.parse("2026-02-08T09:00:00Z"),
            Recurrence.WEEKLY,
            ZoneId.of("Europe/Berlin"));

    @Test
    void aNewTaskNeedsOnlyATitle() {
        assertThat(TaskForm.newTask(json("{\"title\": \" Call \"}")))
                .isEqualTo(new TaskFields(" Call ", null, null, null, null));
    }

    @Test
    void aChangeKeepsWhatItDoesNotNameAndNullTakesAway() {
        assertThat(TaskForm.change(json("{}"), BEFORE)).isEqualTo(BEFORE);
        assertThat(TaskForm.change(
                        json("{\"description\": null, \"due_at\": null, \"recurrence\": null, \"time_zone\": null}"),
                        BEFORE))
                .isEqualTo(new TaskFields("Call", null, null, null, null));
        assertThatThrownBy(() -> TaskForm.change(json("{\"title\": null}"), BEFORE))
                .isInstanceOf(ErrorResponseException.class);
    }

    @Test
    void timesAreCutToMilliseconds() {
        assertThat(TaskForm.newTask(json("{\"title\": \"t\", \"due_at\": \"2026-02-08T10:00:00.123999+01:00\"}"))
                        .dueAt())
                .isEqualTo(Instant.parse("2026-02-08T09:00:00.123Z"));
    }

    @Test
    void daysAreCountedWhereTheOwnerSaysOrElseWhereHeWroteTheTime() {
        assertThat(zone("{\"title\": \"t\", \"due_at\": \"2026-02-08T10:00:00Z\"}"))
                .isNull();
        assertThat(zone("{\"title\": \"t\", \"due_at\": \"2026-02-08T10:00:00+01:00\"}"))
                .isEqualTo(ZoneOffset.ofHours(1));
        assertThat(zone("{\"title\": \"t\", \"due_at\": \"2026-02-08T10:00:00+01:00\", \"time_zone\": \"Asia/Tokyo\"}"))
                .isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(TaskForm.change(json("{\"due_at\": \"2026-02-08T10:00:00+05:00\"}"), BEFORE)
                        .timeZone())
                .isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThatThrownBy(() -> zone("{\"title\": \"t\", \"time_zone\": \"Mars/Olympus\"}"))
                .isInstanceOf(ErrorResponseException.class);
    }

    private static @Nullable ZoneId zone(String text) {
        return TaskForm.newTask(json(text)).timeZone();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) new JsonMapper().readTree(text);
    }
}
