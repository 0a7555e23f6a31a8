package dev.tidings.backend.overview;

import dev.tidings.backend.identity.Access;
import dev.tidings.backend.identity.OpenPath;
import dev.tidings.events.ConsoleSnapshot;
import dev.tidings.series.SeriesPaths;
import dev.tidings.tokens.Identity;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the overview to operators. */
@RestController
@RequestMapping("/api/v1/admin/overview")
class OverviewController {
    private final ConsoleWatch watch;
    private final SnapshotFeed feed;
    private final FigureCollector collector;
    private final OverviewSettings settings;

    OverviewController(ConsoleWatch watch, SnapshotFeed feed, FigureCollector collector, OverviewSettings settings) {
        this.watch = watch;
        this.feed = feed;
        this.collector = collector;
        this.settings = settings;
    }

    /** The figures of this service are guarded by the sidecar's token instead of a user's. */
    @Bean
    static OpenPath figuresNeedNoUser() {
        return OpenPath.forAnybody("GET", SeriesPaths.SERIES);
    }

    /**
     * The limits that the pages show.
     *
     * @param deliverWithinMillis see {@link OverviewSettings}
     */
    record LimitsView(long deliverWithinMillis) {}

    record OverviewView(ConsoleSnapshot now, Charts.Hour hour, LimitsView limits) {}

    /** Answers with the present state and the last hour. */
    @GetMapping
    OverviewView overview(Identity caller) throws InterruptedException {
        Access.requireOperator(caller);
        ConsoleSnapshot now = feed.snapshot(caller.userId(), settings.period());
        Charts.Hour hour = collector.read(Duration.ofSeconds(10), Charts::hour);
        return new OverviewView(
                now, hour, new LimitsView(settings.deliverWithin().toMillis()));
    }

    /** Keeps the snapshots coming for a while, and answers with one. */
    @PutMapping("/watch")
    ConsoleSnapshot watch(Identity caller) throws InterruptedException {
        Access.requireOperator(caller);
        watch.prolong(caller.userId());
        return feed.snapshot(caller.userId(), settings.period());
    }
}
