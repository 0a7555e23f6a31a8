package dev.tidings.studentcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.state.StateStore;
import dev.tidings.studentcache.Lookup.Hit;
import dev.tidings.studentcache.Lookup.Miss;
import dev.tidings.studentcache.Lookup.MissReason;
import dev.tidings.studentcache.Lookup.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the cache promises on every {@link StateStore} (R-PF-5, R-PF-6). */
abstract class CacheContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final JsonMapper JSON = new JsonMapper();

    /** The store under test; ids are new in each test, so it may be shared. */
    abstract StateStore store();

    private String student = "";
    /** Fills, and in a process of its own. */
    @SuppressWarnings("NullAway.Init")
    private StudentCache backend;
    /** Invalidates. */
    @SuppressWarnings("NullAway.Init")
    private StudentCache worker;

    @BeforeEach
    void newStudent() {
        student = "student-" + UUID.randomUUID();
        backend = new StudentCache(store(), () -> UUID.randomUUID().toString());
        worker = new StudentCache(store(), () -> UUID.randomUUID().toString());
    }

    @Test
    void a_screen_is_found_as_it_was_put() {
        JsonNode screen = screen("{\"upcomingSessions\":[{\"title\":\"Größen & Zahlen\"}],\"trainer\":null}");
        assertThat(backend.put(ticket(Screen.HOME), screen)).isTrue();

        assertThat(backend.find(Screen.HOME, student)).isEqualTo(new Hit(screen));
        assertThat(worker.find(Screen.HOME, student)).isEqualTo(new Hit(screen));
        assertThat(miss(Screen.LEARNING).reason()).isEqualTo(MissReason.ABSENT);
        assertThat(backend.find(Screen.HOME, student + "-2")).isInstanceOf(Miss.class);
    }

    @Test
    void an_invalidation_removes_both_screens_and_tells_which_there_were() {
        backend.put(ticket(Screen.HOME), screen("{}"));
        assertThat(worker.invalidate(student)).containsExactly(Screen.HOME.key(student));
        assertThat(backend.find(Screen.HOME, student)).isInstanceOf(Miss.class);

        backend.put(ticket(Screen.HOME), screen("{}"));
        backend.put(ticket(Screen.LEARNING), screen("{}"));
        assertThat(worker.invalidate(student))
                .containsExactlyInAnyOrder(Screen.HOME.key(student), Screen.LEARNING.key(student));

        assertThat(worker.invalidate(student)).isEmpty();
    }

    @Test
    void an_invalidation_leaves_other_students_alone() {
        backend.put(ticket(Screen.HOME), screen("{}"));

        worker.invalidate(student + "-2");

        assertThat(backend.find(Screen.HOME, student)).isInstanceOf(Hit.class);
    }

    @Test
    void what_was_read_before_an_invalidation_and_written_after_it_is_never_served() {
        for (Screen screen : Screen.values()) {
            Ticket slow = ticket(screen);
            JsonNode old = screen("{\"data\":\"old\"}");
            worker.invalidate(student);
            assertThat(backend.put(slow, old))
                    .as("the write itself comes through")
                    .isTrue();

            Miss miss = miss(screen);
            assertThat(miss.reason()).isEqualTo(MissReason.OUTDATED);

            JsonNode fresh = screen("{\"data\":\"new\"}");
            backend.put(Objects.requireNonNull(miss.ticket()), fresh);
            assertThat(backend.find(screen, student)).isEqualTo(new Hit(fresh));
        }
    }

    @Test
    void the_same_holds_for_a_student_whom_nobody_read_before() {
        worker.invalidate(student);
        Ticket slow = ticket(Screen.HOME);
        worker.invalidate(student);

        backend.put(slow, screen("{\"data\":\"old\"}"));

        assertThat(backend.find(Screen.HOME, student)).isInstanceOf(Miss.class);
    }

    @Test
    void a_slow_writer_may_cost_the_fast_one_its_entry_but_is_not_served() {
        Ticket slow = ticket(Screen.HOME);
        worker.invalidate(student);
        backend.put(ticket(Screen.HOME), screen("{\"data\":\"new\"}"));
        backend.put(slow, screen("{\"data\":\"old\"}"));

        assertThat(miss(Screen.HOME).reason()).isEqualTo(MissReason.OUTDATED);
    }

    @Test
    void an_entry_whose_generation_was_lost_is_not_served() {
        backend.put(ticket(Screen.HOME), screen("{}"));
        store().putAndDelete(
                        "student:generation:" + student + "-2",
                        "\"x\"",
                        LONG,
                        List.of("student:generation:" + student));

        assertThat(miss(Screen.HOME).reason()).isEqualTo(MissReason.ABSENT);
    }

    @Test
    void what_somebody_else_wrote_there_is_as_good_as_absent() {
        ticket(Screen.HOME);
        store().put(Screen.HOME.key(student), "[\"not ours\"]", LONG);
        assertThat(miss(Screen.HOME).reason()).isEqualTo(MissReason.ABSENT);

        store().put("student:generation:" + student, "{\"not\":\"ours\"}", LONG);
        assertThat(miss(Screen.HOME).reason()).isEqualTo(MissReason.ABSENT);
    }

    @Test
    void any_user_id_is_served_and_one_that_cannot_be_a_key_is_never_cached() {
        student = "|/\\ \"ü\" ::" + "x".repeat(80) + UUID.randomUUID();
        backend.put(ticket(Screen.HOME), screen("{}"));
        assertThat(backend.find(Screen.HOME, student)).isInstanceOf(Hit.class);

        student = "a||b";
        assertThat(backend.find(Screen.HOME, student)).isEqualTo(new Miss(MissReason.NOT_CACHEABLE, null));
        assertThat(worker.invalidate(student)).isEmpty();
    }

    private Ticket ticket(Screen screen) {
        return Objects.requireNonNull(miss(screen).ticket());
    }

    private Miss miss(Screen screen) {
        Lookup lookup = backend.find(screen, student);
        assertThat(lookup).isInstanceOf(Miss.class);
        return (Miss) lookup;
    }

    private static JsonNode screen(String json) {
        return JSON.readTree(json);
    }
}
