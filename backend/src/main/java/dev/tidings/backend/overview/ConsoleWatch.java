package dev.tidings.backend.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Knows which operators look at the overview. The page repeats its request while it is open. Safe for any thread. */
@Component
class ConsoleWatch {
    private final Map<String, Instant> until = new ConcurrentHashMap<>();
    private final Duration length;
    private final Clock clock;

    ConsoleWatch(OverviewSettings settings, Clock clock) {
        this.length = settings.watch();
        this.clock = clock;
    }

    void prolong(String userId) {
        until.put(userId, clock.instant().plus(length));
    }

    /** The operators who look now. */
    Set<String> users() {
        Instant now = clock.instant();
        until.values().removeIf(end -> end.isBefore(now));
        return Set.copyOf(until.keySet());
    }
}
