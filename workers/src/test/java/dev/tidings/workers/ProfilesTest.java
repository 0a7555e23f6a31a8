package dev.tidings.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidings.profiles.RefusedStartException;
import dev.tidings.workers.runtime.ForWorker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;

/** R-RL-6: a worker starts under a known profile and as a known worker only. */
class ProfilesTest {
    @Test
    void everyWorkerHasItsProfile() {
        List<String> workers = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
                .importPackages("dev.tidings.workers").stream()
                        .filter(type -> type.isAnnotatedWith(ForWorker.class))
                        .map(type -> type.getAnnotationOfType(ForWorker.class).value())
                        .distinct()
                        .toList();

        assertThat(new WorkerProfiles().names())
                .contains("no-worker")
                .containsAll(workers)
                .hasSize(workers.size() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--TIDINGS_PROFILE=prod --TIDINGS_WORKER=cache-worker",
                "--TIDINGS_PROFILE=Production --TIDINGS_WORKER=cache-worker",
                "--TIDINGS_PROFILE=cache-worker",
                "--TIDINGS_WORKER=production",
                "--TIDINGS_WORKER=cash-worker",
                "--TIDINGS_PROFILE=production --TIDINGS_WORKER=cache-worker --spring.profiles.active=default",
                "--TIDINGS_PROFILE=production --TIDINGS_WORKER=cache-worker --tidings.demo-data=true",
            })
    void anUnknownProfileOrWorkerStopsTheStart(String settings) {
        assertThatThrownBy(() -> SpringApplication.run(WorkersApplication.class, settings.split(" ")))
                .isInstanceOf(RefusedStartException.class);
    }
}
