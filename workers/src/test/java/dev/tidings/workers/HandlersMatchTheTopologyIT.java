package dev.tidings.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.EventType;
import dev.tidings.topology.App;
import dev.tidings.workers.runtime.EventHandler;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event type that the topology assigns to a worker has one handler there, and there are no other handlers. */
class HandlersMatchTheTopologyIT {
    private static final WorkersDatabase DATABASE = WorkersDatabase.migrated();

    static List<App> workers() {
        return App.workers();
    }

    @ParameterizedTest
    @MethodSource("workers")
    void aWorkerHandlesTheTypesOfTheTopology(App worker) {
        try (RunningWorker running = RunningWorker.start(worker.id(), DATABASE)) {
            List<EventHandler<?>> handlers = running.handlers();

            assertThat(Arrays.stream(EventType.values())
                            .flatMap(type -> handlers.stream()
                                    .filter(handler -> handler.takes(type.wireName()))
                                    .map(handler -> type)))
                    .as("types that %s has a handler for, and App.%s.handledTypes()", worker.id(), worker)
                    .containsExactlyInAnyOrderElementsOf(worker.handledTypes());
            assertThat(handlers)
                    .as("handlers of %s", worker.id())
                    .allMatch(
                            handler -> worker.handledTypes().stream().anyMatch(type -> handler.takes(type.wireName())));
        }
    }
}
