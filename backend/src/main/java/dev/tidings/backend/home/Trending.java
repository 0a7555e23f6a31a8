package dev.tidings.backend.home;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * The courses most bought in the last seven days, the same for every student. Counted at most once a minute: counting reads all
 * purchases of the week. Safe for any thread; while one counts again, the others are given the last result.
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
        // Whoever puts the end of the old result off counts; before the first result everybody does.
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
