package dev.tidings.backend.deadletters;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters. A null component is no condition.
 *
 * @param status open, replayed or discarded
 * @param consumer app id of the worker that failed
 */
record DeadLetterFilter(
        String status,
        @Nullable String consumer,
        @Nullable String topic,
        @Nullable String eventType) {
    static final String OPEN = "open";
    private static final List<String> STATUSES = List.of(OPEN, "replayed", "discarded");
    private static final int MAX_CHARS = 256;

    /** Rejects values that no dead letter has with 400. An empty value is no condition. */
    static DeadLetterFilter of(
            String status, @Nullable String consumer, @Nullable String topic, @Nullable String eventType) {
        if (!STATUSES.contains(status)) {
            throw Problems.invalid(List.of(new FieldError("status", "must be one of " + String.join(", ", STATUSES))));
        }
        return new DeadLetterFilter(
                status, checked("consumer", consumer), checked("topic", topic), checked("eventType", eventType));
    }

    private static @Nullable String checked(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > MAX_CHARS || value.codePoints().anyMatch(Character::isISOControl)) {
            throw Problems.invalid(List.of(new FieldError(
                    field, "must have at most %d characters and no control characters".formatted(MAX_CHARS))));
        }
        return value.strip();
    }

    /** The conditions in SQL. Only those that are set, so that the planner sees which index fits. */
    String where() {
        String where = "status = :status";
        if (consumer != null) {
            where += " AND consumer = :consumer";
        }
        if (topic != null) {
            where += " AND topic = :topic";
        }
        if (eventType != null) {
            where += " AND event_type = :eventType";
        }
        return where;
    }

    /** The parameters of {@link #where}. */
    Map<String, String> parameters() {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("status", status);
        parameters.put("consumer", consumer);
        parameters.put("topic", topic);
        parameters.put("eventType", eventType);
        parameters.values().removeIf(Objects::isNull);
        return Map.copyOf(parameters);
    }
}
