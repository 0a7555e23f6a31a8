package dev.tidings.sidecar.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.sidecar.state.StateStore.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every component file of a state store. */
@ParameterizedClass
@EnumSource(RealStateStore.Component.class)
class DaprStateStoreIT extends StateStoreContract {
    @SuppressWarnings("NullAway.Init")
    private static RealStateStore real;

    /** JUnit hands the argument to {@link #start} only if it is declared here too. */
    DaprStateStoreIT(RealStateStore.Component component) {}

    @BeforeParameterizedClassInvocation
    static void start(RealStateStore.Component component, @TempDir Path folder) throws Exception {
        real = RealStateStore.start(component, folder);
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
        store().put("contract:ttl-put", "{}", Duration.ofSeconds(1));
        store().putAndDelete("contract:ttl-transaction", "{}", Duration.ofSeconds(1), List.of());
        List<String> keys = List.of("contract:ttl", "contract:ttl-put", "contract:ttl-transaction");
        await().untilAsserted(() -> assertThat(store().getAll(keys).values()).containsOnly(Versioned.ABSENT));
    }
}
