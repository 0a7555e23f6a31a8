package dev.tidings.backend.home;

import dev.tidings.studentcache.Lookup.Hit;
import dev.tidings.studentcache.Lookup.Miss;
import dev.tidings.studentcache.Lookup.Ticket;
import dev.tidings.studentcache.Screen;
import dev.tidings.studentcache.StudentCache;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Returns screens of students from the cache or the database. Safe for any thread. */
@Service
class AggregationService {
    private static final Logger log = LoggerFactory.getLogger(AggregationService.class);

    private final StudentCache cache;
    private final ScreenBuilder screens;
    private final ScreenMetrics metrics;

    AggregationService(StudentCache cache, ScreenBuilder screens, ScreenMetrics metrics) {
        this.cache = cache;
        this.screens = screens;
        this.metrics = metrics;
    }

    /** @param force bypasses the cache, because a pushed event is faster than the invalidation that it causes */
    JsonNode screen(Screen screen, String studentId, boolean force) {
        long start = System.nanoTime();
        if (force) {
            return computed(screen, studentId, "force=true", "forced", start);
        }
        return switch (cache.find(screen, studentId)) {
            case Hit(JsonNode found) -> {
                Duration took = since(start);
                metrics.answered(screen, "hit", took);
                log.info(
                        "[AggregationService] Cache HIT cacheKey={} durationMs={} sessionCount={}",
                        screen.key(studentId),
                        took.toMillis(),
                        ScreenBuilder.sessionCount(screen, found));
                yield found;
            }
            case Miss miss -> {
                Ticket ticket = miss.ticket();
                JsonNode made = computed(
                        screen, studentId, miss.reason().toString(), ticket == null ? "unavailable" : "miss", start);
                if (ticket != null) {
                    put(screen, ticket, made);
                }
                yield made;
            }
        };
    }

    private JsonNode computed(Screen screen, String studentId, String reason, String result, long start) {
        JsonNode made = screens.compute(screen, studentId);
        Duration took = since(start);
        metrics.answered(screen, result, took);
        log.info(
                "[AggregationService] Cache MISS cacheKey={} reason='{}' durationMs={} sessionCount={}",
                screen.key(studentId),
                reason,
                took.toMillis(),
                ScreenBuilder.sessionCount(screen, made));
        return made;
    }

    private void put(Screen screen, Ticket ticket, JsonNode made) {
        long start = System.nanoTime();
        if (cache.put(ticket, made)) {
            log.info(
                    "[AggregationService] Cache SET cacheKey={} ttlSeconds={} durationMs={} sessionCount={}",
                    ticket.key(),
                    StudentCache.TIME_TO_LIVE.toSeconds(),
                    since(start).toMillis(),
                    ScreenBuilder.sessionCount(screen, made));
        } else {
            log.warn(
                    "[AggregationService] Cache not set cacheKey={}: the store did not accept it in time",
                    ticket.key());
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
