package dev.tidings.backend.overview;

import dev.tidings.series.SeriesRecorder;
import dev.tidings.topology.App;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The figures of all apps at one time. */
final class Figures {
    private final Map<App, AppFigures> apps = new EnumMap<>(App.class);

    Figures() {
        for (App app : App.values()) {
            apps.put(app, new AppFigures());
        }
    }

    AppFigures of(App app) {
        return Objects.requireNonNull(apps.get(app));
    }

    /** The latest step that every replica has had the time to record and to answer with. */
    static long latestSlot(long now) {
        return (now - 1_000) / SeriesRecorder.STEP_MILLIS;
    }
}
