package dev.tidings.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.backend.RunningBackend;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DemoDataIT {
    private static final String[] NO_SIDECAR = {"--tidings.sidecar.http-port=1", "--tidings.sidecar.grpc-port=1"};

    @Test
    void underTheSwitchCoursesAndTrainersAreThereAndAChangeOutlivesTheNextStart() {
        Login database = Infrastructure.shared().freshDatabase().backend();
        try (RunningBackend backend = start(database, "--tidings.demo-data=true")) {
            assertThat(count(backend.jdbc(), "courses")).isEqualTo(6);
            assertThat(count(backend.jdbc(), "course_tiers")).isEqualTo(18);
            assertThat(count(backend.jdbc(), "trainers")).isEqualTo(600);
            assertThat(count(backend.jdbc(), "products")).isEqualTo(10);
            backend.jdbc()
                    .sql("UPDATE courses SET title = 'Mine' WHERE id = 'course-java'")
                    .update();
        }
        try (RunningBackend backend = start(database, "--tidings.demo-data=true")) {
            assertThat(backend.jdbc()
                            .sql("SELECT title FROM courses WHERE id = 'course-java'")
                            .query(String.class)
                            .single())
                    .isEqualTo("Mine");
            assertThat(count(backend.jdbc(), "trainer_availability")).isEqualTo(600 * 7);
        }
    }

    @Test
    void productionRefusesTheSwitch() {
        Login database = Infrastructure.shared().freshDatabase().backend();

        assertThatThrownBy(() -> start(database, "--tidings.demo-data=true", "--spring.profiles.active=production"))
                .hasMessageContaining("TIDINGS_DEMO_DATA");
        try (RunningBackend backend = start(database, "--spring.profiles.active=production")) {
            assertThat(count(backend.jdbc(), "courses")).isZero();
        }
    }

    private static RunningBackend start(Login database, String... settings) {
        String[] all = new String[NO_SIDECAR.length + settings.length];
        System.arraycopy(NO_SIDECAR, 0, all, 0, NO_SIDECAR.length);
        System.arraycopy(settings, 0, all, NO_SIDECAR.length, settings.length);
        return RunningBackend.on(database, all);
    }

    private static int count(JdbcClient jdbc, String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
    }
}
