package dev.tidings.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R-OP-4: the service level counts from the commit, whose time is in the ids that the outbox gives. */
class LoggedEventTest {
    private static final long LOGGED = 1_770_468_774_000L;

    @Test
    void anIdOfTheOutboxHasTheTimeOfItsEvent() {
        assertThat(event("019c3829-9000-7abc-8def-0123456789ab").emittedAt()).isEqualTo(0x019c_3829_9000L);
    }

    @Test
    void aTimeAfterTheLoggingIsThatOfAClockThatGoesAhead() {
        assertThat(event("019c3829-ffff-7abc-8def-0123456789ab").emittedAt()).isEqualTo(LOGGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-1",
                "",
                "c9c3829a-9000-4abc-8def-0123456789ab",
                "019c3829-9000-7abc-8def-0123456789a",
                "zzzzzzzz-9000-7abc-8def-0123456789ab",
                "019c3829-zzzz-7abc-8def-0123456789ab"
            })
    void anyOtherIdIsAsOldAsItsLogging(String id) {
        assertThat(event(id).emittedAt()).isEqualTo(LOGGED);
    }

    private static LoggedEvent event(String id) {
        return new LoggedEvent(
                StreamName.ofUser("ada"), 1, "backend", id, "task.created", "task_update", "{}", LOGGED, Set.of("ada"));
    }
}
