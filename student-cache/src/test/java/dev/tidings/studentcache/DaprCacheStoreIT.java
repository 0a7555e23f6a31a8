package dev.tidings.studentcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Both stores that the cache may be in. */
@ParameterizedClass
@ValueSource(strings = {RealStore.REDIS, RealStore.POSTGRESQL})
class DaprCacheStoreIT extends CacheContract {
    @SuppressWarnings("NullAway.Init")
    private static RealStore real;

    /** JUnit hands the argument to {@link #start} only if it is declared here too. */
    DaprCacheStoreIT(String componentFile) {}

    @BeforeParameterizedClassInvocation
    static void start(String componentFile, @TempDir Path folder) throws Exception {
        real = RealStore.start(componentFile, folder);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        real.close();
    }

    @Override
    CacheStore store() {
        return real.store(Duration.ofSeconds(10));
    }

    @Test
    void a_value_is_forgotten_after_its_time_to_live() {
        store().write("contract:ttl", "{}", Duration.ofSeconds(1));
        store().writeAndDelete("contract:ttl-2", "{}", Duration.ofSeconds(1), List.of());
        await().untilAsserted(() -> assertThat(store().read(List.of("contract:ttl", "contract:ttl-2")))
                .isEmpty());
    }

    @Test
    void a_store_that_takes_longer_than_its_timeout_is_unavailable() {
        CacheStore hasty = real.store(Duration.ofNanos(1));
        assertThatThrownBy(() -> hasty.read(List.of("contract:any"))).isInstanceOf(CacheUnavailableException.class);
        assertThatThrownBy(() -> hasty.write("contract:any", "{}", Duration.ofSeconds(1)))
                .isInstanceOf(CacheUnavailableException.class);
    }
}
