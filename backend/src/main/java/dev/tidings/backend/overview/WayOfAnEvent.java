package dev.tidings.backend.overview;

import dev.tidings.backend.overview.AlertLimits.Alert;
import dev.tidings.backend.overview.AlertLimits.Severity;
import dev.tidings.backend.overview.AppFigures.ReplicaFigures;
import dev.tidings.backend.overview.Backlogs.Backlog;
import dev.tidings.events.ConsoleSnapshot.Node;
import dev.tidings.series.Buckets;
import dev.tidings.series.Measure;
import dev.tidings.topology.App;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of an event as it is now, each part judged by the limits of the alerts. Pure. */
final class WayOfAnEvent {
    private final Figures figures;
    private final AlertLimits limits;
    private final long now;
    private final long latest;

    /** @param now epoch ms */
    WayOfAnEvent(Figures figures, AlertLimits limits, long now) {
        this.figures = figures;
        this.limits = limits;
        this.now = now;
        this.latest = Figures.latestSlot(now);
    }

    /** What is wrong with a part; null if nothing is. */
    private record Finding(Alert alert, String text) {}

    /** Returns the parts in the order of the way. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        List<App> publishers = Arrays.stream(App.values())
                .filter(app -> !app.publishedTypes().isEmpty())
                .toList();
        publishers.forEach(app -> nodes.add(outbox(app)));
        nodes.add(broker(publishers));
        App.workers().forEach(app -> nodes.add(consumer(app)));
        nodes.add(log());
        replicas(nodes);
        nodes.add(screens());
        nodes.add(deadLetters());
        nodes.add(quarantine());
        return nodes;
    }

    private Node outbox(App app) {
        AppFigures own = figures.of(app);
        double oldest = own.max(now, Measure.OLDEST) * 1_000;
        double blocked = own.sum(now, Measure.BLOCKED);
        Finding finding = silence(own);
        if (finding == null && limits.isExceeded(oldest)) {
            finding = new Finding(
                    Alert.EVENTS_WAIT_IN_THE_OUTBOX,
                    "Committed events have not been published for more than %d s"
                            .formatted(limits.within().toSeconds()));
        }
        boolean isKnown = own.silence().isEmpty();
        return node(
                "outbox",
                "outbox-" + app.id(),
                app.id(),
                finding,
                isKnown ? own.rate(now, Measure.PUBLISHED) : null,
                isKnown ? (Long) Math.round(own.max(now, Measure.WAITING)) : null,
                isKnown ? (Long) Math.round(oldest) : null,
                new double[0],
                blocked > 0
                        ? "%d keys are blocked by an event that the broker refuses".formatted(Math.round(blocked))
                        : "");
    }

    private Node broker(List<App> publishers) {
        double rate = publishers.stream()
                .mapToDouble(app -> figures.of(app).rate(now, Measure.PUBLISHED))
                .sum();
        return node("broker", "kafka", "Kafka", null, rate, null, null, new double[0], "");
    }

    private Node consumer(App app) {
        AppFigures own = figures.of(app);
        Backlog backlog = Backlogs.of(figures, app, latest, AlertLimits.UNLOGGED_STEPS);
        double[] durations = own.durations(now, Measure.EFFECT);
        Finding finding = silence(own);
        if (finding == null && limits.isExceeded(Buckets.quantile(durations, 0.99))) {
            finding = new Finding(
                    Alert.WORKER_IS_BEHIND,
                    "One event in a hundred takes more than %d s from its commit to its effect"
                            .formatted(limits.within().toSeconds()));
        }
        if (finding == null && backlog.stalledSteps() >= AlertLimits.STALLED_STEPS) {
            finding = new Finding(
                    Alert.WORKER_IS_BEHIND,
                    "It takes no events although some wait: its sidecar, its subscription, or what it waits for");
        }
        double rate = own.rate(now, app == App.AUDIT_LOG_SERVICE ? Measure.AUDITED : Measure.TAKEN);
        return node(
                "consumer",
                app.id(),
                app.id(),
                finding,
                own.silence().isEmpty() ? rate : null,
                Math.round(backlog.waiting()),
                null,
                durations,
                "");
    }

    private Node log() {
        AppFigures own = figures.of(App.WEBSOCKET_SERVICE);
        Backlog backlog = Backlogs.of(figures, App.WEBSOCKET_SERVICE, latest, AlertLimits.UNLOGGED_STEPS);
        double[] durations = own.durations(now, Measure.INGEST);
        Finding finding = silence(own);
        if (finding == null
                && backlog.publishedLately() > 0
                && backlog.stalledSteps() >= AlertLimits.UNLOGGED_STEPS
                && own.rate(now, Measure.LOGGED) == 0) {
            finding = new Finding(Alert.EVENTS_ARE_NOT_LOGGED, "Events are published, but none is logged");
        }
        if (finding == null && limits.isExceeded(Buckets.quantile(durations, 0.99))) {
            finding = new Finding(
                    Alert.EVENTS_ARE_LOGGED_LATE,
                    "One event in a hundred takes more than %d s from its commit to the log"
                            .formatted(limits.within().toSeconds()));
        }
        return node(
                "log",
                "log",
                "Event log",
                finding,
                own.silence().isEmpty() ? own.rate(now, Measure.LOGGED) : null,
                Math.round(backlog.waiting()),
                null,
                durations,
                "");
    }

    private void replicas(List<Node> nodes) {
        AppFigures own = figures.of(App.WEBSOCKET_SERVICE);
        Finding silence = silence(own);
        if (silence != null) {
            nodes.add(node(
                    "replica", "replica", App.WEBSOCKET_SERVICE.id(), silence, null, null, null, new double[0], ""));
        }
        for (ReplicaFigures replica : own.present(now)) {
            String name = replica.instance()
                    .substring(0, Math.min(8, replica.instance().length()));
            long connections = Math.round(replica.now(Measure.CONNECTIONS.key()));
            double slow = replica.recent(Measure.SLOW.key());
            nodes.add(node(
                    "replica",
                    "replica-" + name,
                    "replica " + name,
                    null,
                    replica.rate(Measure.SENT.key()),
                    Math.round(replica.now(Measure.QUEUED.key())),
                    null,
                    new double[0],
                    connections
                            + (connections == 1 ? " connection" : " connections")
                            + (slow > 0 ? ", fell behind " + Math.round(slow) + " times in a minute" : "")));
        }
    }

    private Node screens() {
        AppFigures own = figures.of(App.WEBSOCKET_SERVICE);
        double[] durations = own.durations(now, Measure.SCREEN);
        Finding finding = null;
        if (limits.isExceeded(Buckets.quantile(durations, 0.99))) {
            finding = new Finding(
                    Alert.SCREENS_ARE_UPDATED_LATE,
                    "One event in a hundred takes more than %d s from the log to an open screen"
                            .formatted(limits.within().toSeconds()));
        }
        return node(
                "screen",
                "screens",
                "Screens",
                finding,
                own.silence().isEmpty() ? own.rate(now, Measure.ACKNOWLEDGED) : null,
                null,
                null,
                durations,
                Math.round(own.sum(now, Measure.USERS)) + " users connected");
    }

    private Node deadLetters() {
        long count = lately(App.BACKEND, Measure.DEAD_LETTERS);
        return failed(
                "dead-letters",
                "Dead letters",
                count,
                Alert.DEAD_LETTER,
                "A consumer gave up on %d events in 15 minutes");
    }

    private Node quarantine() {
        long count = lately(App.WEBSOCKET_SERVICE, Measure.QUARANTINED);
        return failed(
                "rejected-events",
                "Rejected events",
                count,
                Alert.EVENTS_ARE_QUARANTINED,
                "The log did not accept %d events in 15 minutes");
    }

    private static Node failed(String id, String title, long count, Alert alert, String text) {
        Finding finding = count > 0 ? new Finding(alert, text.formatted(count)) : null;
        return node("failed", id, title, finding, null, count, null, new double[0], "None in 15 minutes");
    }

    private long lately(App app, Measure counter) {
        double count = 0;
        for (long slot = latest - AlertLimits.FAILED_STEPS + 1; slot <= latest; slot++) {
            Collection<Map<String, Double>> steps = figures.of(app).step(slot);
            count += AppFigures.sum(steps, counter);
        }
        return Math.round(count);
    }

    private static @Nullable Finding silence(AppFigures figures) {
        return figures.silence().isEmpty()
                ? null
                : new Finding(Alert.SERVICE_IS_DOWN, "No replica answers: " + figures.silence());
    }

    private static Node node(
            String step,
            String id,
            String title,
            @Nullable Finding finding,
            @Nullable Double rate,
            @Nullable Long waiting,
            @Nullable Long oldest,
            double[] durations,
            String text) {
        return new Node(
                step,
                id,
                title,
                finding == null ? Severity.OK.wireName : finding.alert().severity.wireName,
                rate == null ? null : (Double) (Math.round(rate * 10) / 10.0),
                waiting,
                oldest,
                durations.length == 0 ? null : rounded(Buckets.quantile(durations, 0.5)),
                durations.length == 0 ? null : rounded(Buckets.quantile(durations, 0.99)),
                finding == null ? text : finding.text(),
                finding == null ? null : finding.alert().wireName);
    }

    private static @Nullable Long rounded(double millis) {
        return Double.isNaN(millis) ? null : (Long) Math.round(millis);
    }
}
