package dev.tidings.websocket.cluster.registry;

import static dev.tidings.websocket.cluster.membership.Timings.TIMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.cluster.registry.Registration.RegistrationAction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Registration opened = Registration.opened(0);
    private final Registration registered = opened.writing("incarnation").written("incarnation", 0);

    @Test
    void a_stream_that_opens_is_registered_once() {
        assertThat(next(opened, 0)).isEqualTo(RegistrationAction.REGISTER);
        assertThat(next(registered, 1)).isEqualTo(RegistrationAction.NONE);
    }

    @Test
    void a_write_whose_end_is_unknown_is_repeated() {
        assertThat(next(opened.writing("incarnation"), 1)).isEqualTo(RegistrationAction.REGISTER);
    }

    @Test
    void a_new_incarnation_is_registered_again() {
        assertThat(registered.next("another", SECOND, TIMING)).isEqualTo(RegistrationAction.REGISTER);
    }

    @Test
    void an_entry_is_renewed_long_before_the_store_forgets_it() {
        assertThat(next(registered, TIMING.entryTtl().toSeconds() / 2 + 1)).isEqualTo(RegistrationAction.REGISTER);
    }

    @Test
    void an_entry_that_a_comparison_found_lost_is_registered_again() {
        assertThat(next(registered.checked(false, SECOND), 2)).isEqualTo(RegistrationAction.REGISTER);
        assertThat(next(registered.checked(true, SECOND), 2)).isEqualTo(RegistrationAction.NONE);
    }

    @Test
    void a_closed_stream_stays_registered_for_a_while_and_is_removed_then() {
        Registration closed = registered.closed(10 * SECOND);
        assertThat(next(closed, 39)).isEqualTo(RegistrationAction.NONE);
        assertThat(next(closed, 40)).isEqualTo(RegistrationAction.UNREGISTER);
        assertThat(next(closed.removed(), 41)).isEqualTo(RegistrationAction.FORGET);
    }

    @Test
    void a_stream_that_opens_again_in_time_costs_nothing() {
        assertThat(next(registered.closed(10 * SECOND).reopened(), 60)).isEqualTo(RegistrationAction.NONE);
    }

    @Test
    void a_stream_that_closed_during_an_uncertain_write_is_removed_as_if_it_had_succeeded() {
        assertThat(next(opened.writing("incarnation").closed(0), 30)).isEqualTo(RegistrationAction.UNREGISTER);
    }

    @Test
    void a_closed_stream_of_a_former_incarnation_is_forgotten_since_its_entry_is_void() {
        assertThat(registered.closed(0).next("another", SECOND, TIMING)).isEqualTo(RegistrationAction.FORGET);
    }

    private static RegistrationAction next(Registration registration, long second) {
        return registration.next("incarnation", second * SECOND, TIMING);
    }
}
