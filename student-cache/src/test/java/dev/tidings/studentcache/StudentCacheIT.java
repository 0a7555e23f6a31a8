package dev.tidings.studentcache;

import dev.tidings.sidecar.state.RealStateStore;
import dev.tidings.sidecar.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Both stores that the cache may be in. */
@ParameterizedClass
@EnumSource(names = {"CACHE_REDIS", "CACHE_POSTGRESQL"})
class StudentCacheIT extends CacheContract {
    @SuppressWarnings("NullAway.Init")
    private static RealStateStore real;

    /** JUnit hands the argument to {@link #start} only if it is declared here too. */
    StudentCacheIT(RealStateStore.Component component) {}

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
}
