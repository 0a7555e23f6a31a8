package dev.tidings.backend.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-TK-2 and R-OR-4 over HTTP, on the real database, without a sidecar. */
class NotificationsApiIT {
    private static RunningBackend backend;

    private final String user = "user-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
    }

    @Test
    void theListShowsTheUsersOwnNotificationsNewestFirstAndCountsTheUnread() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(notified(user, "message " + i));
        }
        notified("somebody-else-" + user, "not yours");

        JsonNode first = list("?limit=3");
        assertThat(idsIn(first)).isEqualTo(ids.subList(0, 3));
        assertThat(first.path("unreadCount").intValue()).isEqualTo(5);
        JsonNode newest = first.path("items").path(0);
        assertThat(newest.path("type").stringValue()).isEqualTo("order");
        assertThat(newest.path("priority").stringValue()).isEqualTo("normal");
        assertThat(newest.path("title").stringValue()).isEqualTo("Order #0000000A");
        assertThat(newest.path("message").stringValue()).isEqualTo("message 4");
        assertThat(newest.path("read").booleanValue()).isFalse();
        assertThat(idsIn(list("?limit=3&cursor=" + first.path("nextCursor").stringValue())))
                .isEqualTo(ids.subList(3, 5));
    }

    @Test
    void oneThatIsReadIsAnEventOnceAndNoLongerUnread() {
        String older = notified(user, "older");
        String newer = notified(user, "newer");

        Reply read = read(user, older);
        assertThat(read.status()).as(read.response().body()).isEqualTo(200);
        assertThat(read.json().path("read").booleanValue()).isTrue();
        assertThat(read(user, older).json()).isEqualTo(read.json());

        assertThat(idsIn(list("?unread=true"))).containsExactly(newer);
        assertThat(list("").path("unreadCount").intValue()).isOne();
        assertThat(backend.events(user)).singleElement().satisfies(event -> {
            assertThat(event.path("id").stringValue()).isEqualTo(older);
            assertThat(event.path("userId").stringValue()).isEqualTo(user);
            assertThat(event.path("readAt")).isEqualTo(read.json().path("readAt"));
        });
    }

    @Test
    void oneOfSomebodyElseDoesNotExist() {
        String id = notified(user, "mine");

        assertThat(read("thief", id).status()).isEqualTo(404);
        assertThat(read(user, "no-id").status()).isEqualTo(404);
        assertThat(list("").path("unreadCount").intValue()).isOne();
        assertThat(backend.send(user, "GET", "/api/v1/notifications?unread=maybe", null)
                        .blamed())
                .containsExactly("unread");
    }

    /** As notification-service writes it. */
    private static String notified(String user, String message) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        backend.jdbc()
                .sql("""
                        INSERT INTO notification (notification_id, user_id, type, priority, title, message, created_at)
                        VALUES (:id, :user, 'order', 'normal', 'Order #0000000A', :message, now())
                        """)
                .param("id", id)
                .param("user", user)
                .param("message", message)
                .update();
        return id.toString();
    }

    private JsonNode list(String query) {
        return backend.send(user, "GET", "/api/v1/notifications" + query, null).json();
    }

    private static Reply read(String user, String id) {
        return backend.send(user, "POST", "/api/v1/notifications/" + id + "/read", null);
    }

    private static List<String> idsIn(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("id").stringValue())
                .toList();
    }
}
