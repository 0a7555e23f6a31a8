package dev.tidings.websocket.operator;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.websocket.ingest.RejectedEvents;
import dev.tidings.websocket.ingest.RejectedEvents.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RejectedEventsController {
    private static final int MAX_LIMIT = 100;
    private static final int MAX_CONDITION = 256;

    private final RejectedEvents rejectedEvents;

    RejectedEventsController(RejectedEvents rejectedEvents) {
        this.rejectedEvents = rejectedEvents;
    }

    /** @param nextCursor cursor of the next, older page; null on the last page */
    record RejectedEventsPage(List<Item> items, @Nullable String nextCursor) {}

    /** Lists rejected events, newest first. */
    @GetMapping("/api/v1/admin/rejected-events")
    RejectedEventsPage list(
            Identity caller,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Operators.require(caller);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problems.invalid(List.of(new FieldError("limit", "must be 1 to " + MAX_LIMIT)));
        }
        List<Item> items =
                rejectedEvents.before(position(cursor), condition("topic", topic), condition("reason", reason), limit);
        return new RejectedEventsPage(
                items,
                items.size() < limit ? null : Long.toString(items.getLast().id()));
    }

    private static @Nullable String condition(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > MAX_CONDITION || value.codePoints().anyMatch(Character::isISOControl)) {
            throw Problems.invalid(List.of(new FieldError(
                    field, "must have at most %d characters and no control characters".formatted(MAX_CONDITION))));
        }
        return value;
    }

    private static long position(String cursor) {
        try {
            return cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problems.invalid(List.of(new FieldError(
                    "cursor", "is not a cursor of this list: send the nextCursor of the previous page")));
        }
    }
}
