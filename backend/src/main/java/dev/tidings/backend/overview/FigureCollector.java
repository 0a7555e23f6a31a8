package dev.tidings.backend.overview;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.series.SeriesPage;
import dev.tidings.series.SeriesPaths;
import dev.tidings.series.SeriesRecorder;
import dev.tidings.sidecar.InvocationReply;
import dev.tidings.sidecar.ServiceInvocation;
import dev.tidings.topology.App;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks all apps for their figures, at the same time. Safe for any thread; a request blocks for about the timeout of one call. */
@Component
class FigureCollector {
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    /** The sidecar chooses the replica of each call, so an app is called as often as it has replicas, and at most so often. */
    private static final int MAX_CALLS = 10;

    /** As much as the page shows. */
    private static final int MAX_REASON_CHARS = 160;

    private final ServiceInvocation apps;
    private final SeriesRecorder own;
    private final JsonMapper json;
    private final Clock clock;

    @GuardedBy("this")
    private Figures figures = new Figures();

    @GuardedBy("this")
    private long collectedAt;

    FigureCollector(ServiceInvocation apps, SeriesRecorder own, JsonMapper json, Clock clock) {
        this.apps = apps;
        this.own = own;
        this.json = json;
        this.clock = clock;
    }

    /** The answer of one app, or why there is none. */
    private sealed interface Answer {
        record Heard(SeriesPage page) implements Answer {}

        record Silent(String reason) implements Answer {}
    }

    /**
     * Returns what a function makes of the figures, which are asked for before if they are older than that age.
     *
     * @param view gets the figures and the time in epoch ms; it must not keep the figures
     */
    synchronized <T> T read(Duration maxAge, BiFunction<Figures, Long, T> view) throws InterruptedException {
        if (clock.millis() - collectedAt > maxAge.toMillis()) {
            collect();
        }
        return view.apply(figures, clock.millis());
    }

    /** Forgets all figures. */
    synchronized void forget() {
        figures = new Figures();
        collectedAt = 0;
    }

    @GuardedBy("this")
    private void collect() throws InterruptedException {
        Map<App, List<Future<Answer>>> answers = new EnumMap<>(App.class);
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (App app : App.values()) {
                AppFigures of = figures.of(app);
                Map<String, Long> known = of.known();
                int replicas = of.present(clock.millis()).size();
                answers.put(
                        app,
                        Stream.generate(() -> calls.submit(() -> ask(app, known)))
                                .limit(Math.clamp(replicas, 1, MAX_CALLS))
                                .toList());
            }
        }
        long now = clock.millis();
        for (var ofApp : answers.entrySet()) {
            AppFigures of = figures.of(ofApp.getKey());
            List<SeriesPage> pages = new ArrayList<>();
            for (Future<Answer> answer : ofApp.getValue()) {
                switch (result(answer)) {
                    case Answer.Heard(SeriesPage page) -> pages.add(page);
                    case Answer.Silent(String reason) ->
                        of.silent(reason.substring(0, Math.min(MAX_REASON_CHARS, reason.length())));
                }
            }
            pages.forEach(page -> of.heard(page, now)); // one answer is enough: another replica may be ending
        }
        // Of this replica without a sidecar; the request through the sidecar may reach another one.
        AppFigures backend = figures.of(App.BACKEND);
        backend.heard(own.after(backend.known().getOrDefault(own.instance(), 0L)), now);
        collectedAt = now;
    }

    private static Answer result(Future<Answer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return new Answer.Silent(String.valueOf(e.getCause()));
        }
    }

    private Answer ask(App app, Map<String, Long> known) {
        var request =
                apps.request(app.id(), SeriesPaths.request(known), TIMEOUT).build();
        return switch (apps.send(request)) {
            case InvocationReply.CallSucceeded(String body) -> {
                try {
                    yield new Answer.Heard(json.readValue(body, SeriesPage.class));
                } catch (JacksonException e) {
                    yield new Answer.Silent("its answer does not match the API: " + e.getOriginalMessage());
                }
            }
            case InvocationReply.Unsuccessful other -> new Answer.Silent(other.reason());
        };
    }
}
