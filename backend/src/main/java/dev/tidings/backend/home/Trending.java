package dev.tidings.backend.home;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * Ranks courses by their purchases in the last seven days, for all students alike. Ranks at most once a minute, because it reads all
 * purchases of the week. Safe for any thread; other threads use the last ranking meanwhile.
 */
@Component
class Trending {
    static final Duration WINDOW = Duration.ofDays(7);
    static final int COURSES = 5;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final StudentTables tables;
    private final Clock clock;
    private final AtomicReference<Ranking> last = new AtomicReference<>(new Ranking(Instant.MIN, List.of()));

    Trending(StudentTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    List<TrendingCourse> courses() {
        Instant now = clock.instant();
        Ranking seen = last.get();
        boolean isFresh = seen.until().isAfter(now);
        // The thread that extends the old ranking computes the new one; before the first ranking, all threads compute
        // it.
        boolean isMine = !isFresh
                && (seen.courses().isEmpty() || last.compareAndSet(seen, new Ranking(now.plus(FRESH), seen.courses())));
        if (!isMine) {
            return seen.courses();
        }
        List<TrendingCourse> counted = tables.trendingCourses(now.minus(WINDOW), COURSES);
        last.set(new Ranking(now.plus(FRESH), counted));
        return counted;
    }

    private record Ranking(Instant until, List<TrendingCourse> courses) {}
}
