package dev.tidings.backend.home;

import dev.tidings.studentcache.Screen;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Latency of screens and hit ratio of the cache. */
@Component
class ScreenMetrics {
    private final MeterRegistry registry;
    private final LongAdder hits = new LongAdder();
    private final LongAdder lookups = new LongAdder();

    ScreenMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("tidings.cache.hit.ratio", this, ScreenMetrics::hitRatio)
                .description("Share of lookups that the cache answered since the start; forced reads are not lookups")
                .register(registry);
    }

    /** @param result hit, miss, unavailable (no cache) or forced */
    void answered(Screen screen, String result, Duration took) {
        Timer.builder("tidings.screen")
                .description("Time to answer a request for a screen")
                .tag("screen", screen.wireName())
                .tag("cache", result)
                .publishPercentileHistogram()
                .register(registry)
                .record(took);
        if (!result.equals("forced")) {
            lookups.increment();
        }
        if (result.equals("hit")) {
            hits.increment();
        }
    }

    private double hitRatio() {
        long asked = lookups.sum();
        return asked == 0 ? Double.NaN : (double) hits.sum() / asked;
    }
}
