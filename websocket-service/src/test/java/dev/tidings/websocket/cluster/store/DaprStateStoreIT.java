package dev.tidings.websocket.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.websocket.cluster.store.StateStore.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Both stores that the registry may be in. */
@ParameterizedClass
@ValueSource(strings = {RealStore.REDIS, RealStore.POSTGRESQL})
class DaprStateStoreIT extends StateStoreContract {
    @SuppressWarnings("NullAway.Init")
    private static RealStore real;

    /** JUnit hands the argument to {@link #start} only if it is declared here too. */
    DaprStateStoreIT(String componentFile) {}

    @BeforeParameterizedClassInvocation
    static void start(String componentFile, @TempDir Path folder) throws Exception {
        real = RealStore.start(componentFile, folder);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        real.close();
    }

    @Override
    StateStore store() {
        return real.store(Duration.ofSeconds(10));
    }

    @Test
    void a_value_is_forgotten_after_its_time_to_live() {
        store().write("contract:ttl", "{}", Versioned.ABSENT, Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(store().get("contract:ttl")).isEqualTo(Versioned.ABSENT));
    }

    @Test
    void a_store_that_takes_longer_than_its_timeout_is_silent() {
        StateStore hasty = real.store(Duration.ofNanos(1));
        assertThatThrownBy(() -> hasty.get("contract:any")).isInstanceOf(StateStoreException.class);
        assertThatThrownBy(() -> hasty.getAll(List.of("contract:any"))).isInstanceOf(StateStoreException.class);
    }
}
