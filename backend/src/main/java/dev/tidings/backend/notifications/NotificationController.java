package dev.tidings.backend.notifications;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the notifications of the caller. */
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationController {
    /** Maximum count of unread notifications. */
    static final int MAX_COUNT = 1_000;

    private static final byte[] NO_BODY = {};

    private final MarkNotificationRead notifications;
    private final NotificationTable table;
    private final IdempotentWrites writes;

    NotificationController(MarkNotificationRead notifications, NotificationTable table, IdempotentWrites writes) {
        this.notifications = notifications;
        this.table = table;
        this.writes = writes;
    }

    @GetMapping
    NotificationView.Listed list(
            Identity caller, ListRequest request, @RequestParam(defaultValue = "false") String unread) {
        ListPage<NotificationView> page = request.page(
                table.page(caller.userId(), unreadOnly(unread), request.before(), request.rows()),
                Notification::id,
                NotificationView::of);
        return new NotificationView.Listed(page.items(), page.nextCursor(), table.unread(caller.userId(), MAX_COUNT));
    }

    @PostMapping("/{id}/read")
    ResponseEntity<String> read(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID notificationId = PathId.of(id).orElseThrow(() -> noSuchNotification(id));
        return writes.run(
                caller,
                request,
                NO_BODY,
                () -> WriteResult.ok(NotificationView.of(notifications
                        .read(caller.userId(), notificationId)
                        .orElseThrow(() -> noSuchNotification(id)))));
    }

    private static boolean unreadOnly(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problems.invalid(List.of(new FieldError("unread", "must be true or false")));
        };
    }

    private static RuntimeException noSuchNotification(String id) {
        return Problems.notFound("you have no notification " + PathId.shown(id));
    }
}
