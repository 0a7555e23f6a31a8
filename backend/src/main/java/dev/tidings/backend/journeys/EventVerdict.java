package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.IngestCondition;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.QuarantinedEvent;
import dev.tidings.backend.journeys.ScreenDelivery.UnfinishedStatement;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import dev.tidings.events.EventType;
import dev.tidings.events.Push;
import dev.tidings.topology.App;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Concludes where one event stopped. Pure.
 *
 * @param sidecar complaint about the sidecar of the backend; empty if it is well
 * @param slowStatement a sentence about a slow statement of the backend or a worker; empty if there is none
 */
record EventVerdict(
        Trail trail,
        Optional<OfEvent> delivery,
        String silence,
        String sidecar,
        Optional<String> slowStatement,
        Instant now,
        JourneySettings limits) {

    private static final Set<Verdict> QUARANTINED = Set.of(Verdict.WRONG_RECIPIENT, Verdict.REJECTED);

    Conclusion conclude() {
        Conclusion screens = ofScreens();
        List<HandlerFailure> failures = trail.failures().stream()
                .filter(failure -> !trail.isProcessedBy(failure.worker()))
                .toList();
        if (!failures.isEmpty() && QUARANTINED.contains(screens.verdict())) {
            // The content of the event is wrong, for the worker too: a replay would fail again.
            return screens.and(ofFailures(failures).cause());
        }
        if (!failures.isEmpty()) {
            return ofFailures(failures).and("Screens: " + screens.cause());
        }
        boolean isFine = screens.isDelivered() || screens.verdict() == Verdict.SENT;
        return isFine
                ? ofMissingWorkers().map(late -> late.and(screens.cause())).orElse(screens)
                : screens;
    }

    private static Conclusion ofFailures(List<HandlerFailure> failures) {
        HandlerFailure first = failures.stream()
                .filter(HandlerFailure::isDeadLetter)
                .findFirst()
                .orElse(failures.getFirst());
        Verdict verdict = first.isDeadLetter()
                ? Verdict.DEAD_LETTERED
                : first.isDiscarded() ? Verdict.DISCARDED : Verdict.WORKER_FAILING;
        StringBuilder cause = new StringBuilder();
        for (HandlerFailure failure : failures) {
            cause.append("%s could not process it (%d attempts): %s. "
                    .formatted(failure.worker(), failure.attempts(), withoutFullStop(failure.reason())));
            if (failure.isDeadLetter()) {
                cause.append("Dead letter %s must be replayed or discarded. ".formatted(failure.deadLetter()));
            }
        }
        return verdict.because(cause.toString().strip());
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private Conclusion ofScreens() {
        if (delivery.isPresent() && !delivery.get().copies().isEmpty()) {
            return new ScreenVerdict(now, limits).of(delivery.get());
        }
        if (delivery.isPresent() && !delivery.get().quarantined().isEmpty()) {
            QuarantinedEvent kept = delivery.get().quarantined().getFirst();
            return (kept.reason().equals("NO_RECIPIENT") ? Verdict.WRONG_RECIPIENT : Verdict.REJECTED)
                    .because("The WebSocket service quarantined it (%s): %s.".formatted(kept.reason(), kept.detail()));
        }
        if (trail.unpublished().isPresent() && trail.outbox().isPresent()) {
            return OutboxVerdict.of(
                    trail.unpublished().get(), trail.outbox().get(), ofPublisher(), now, limits.stepLimit());
        }
        if (!isForScreens()) {
            return ofMissingWorkers()
                    .orElseGet(() -> Verdict.NOT_FOR_SCREENS.because("Events of type %s are not pushed to screens."
                            .formatted(trail.type().orElse("?"))));
        }
        return delivery.map(this::ofUnlogged)
                .orElseGet(() -> Verdict.WEBSOCKET_SILENT.because(
                        "The WebSocket service did not answer (%s), so its delivery is unknown.".formatted(silence)));
    }

    /** Only the backend's own sidecar can be examined from here. */
    private String ofPublisher() {
        return trail.unpublished()
                .filter(publication -> publication.app().equals(App.BACKEND.id()))
                .map(_ -> sidecar)
                .orElse("");
    }

    private boolean isForScreens() {
        return trail.type()
                .flatMap(EventType::find)
                .map(type -> type.push() != Push.NONE)
                .orElse(true);
    }

    private Conclusion ofUnlogged(OfEvent answer) {
        Optional<Instant> published = trail.publishedAt();
        if (published.filter(this::isExpired).isPresent()) {
            return Verdict.EXPIRED.because("It was published at %s, and the event log keeps nothing from before %s."
                    .formatted(published.get(), answer.keptSince()));
        }
        String topic = trail.topic().orElse("");
        IngestCondition ingest = answer.ingest();
        if (ingest != null && !ingest.sidecar().isEmpty()) {
            return Verdict.CONSUMER_LAGGING.because(
                    "It is published, and a sidecar of the WebSocket service is down (%s)."
                            .formatted(ingest.sidecar()));
        }
        if (ingest != null && !topic.isEmpty() && !ingest.subscriptions().contains(topic)) {
            return Verdict.SUBSCRIPTION_MISSING.because(
                    "It is published, and the sidecar of the WebSocket service has no subscription for topic %s."
                            .formatted(topic));
        }
        UnfinishedStatement slow = ingest == null ? null : ingest.slowStatement();
        if (slow != null) {
            return Verdict.DATABASE_SLOW.because("It is published, and not logged yet. "
                    + TrailTable.slowStatement(slow.replica(), slow.runningMs() / 1000, slow.waitsFor()));
        }
        long waited = published.map(at -> Duration.between(at, now).toSeconds()).orElse(0L);
        if (waited <= limits.stepLimit().toSeconds()) {
            return Verdict.CONSUMING.because("It is published, and the WebSocket service has not logged it yet.");
        }
        return Verdict.CONSUMER_LAGGING.because(
                "It was published %d s ago, and the WebSocket service has not consumed it yet from topic %s."
                        .formatted(waited, topic));
    }

    /** Returns whether the log would no longer have an event of that time. */
    private boolean isExpired(Instant published) {
        return delivery.filter(answer -> published.isBefore(Instant.parse(answer.keptSince())))
                .isPresent();
    }

    /** Returns a conclusion if a worker that handles the type has not processed the event in time. */
    private Optional<Conclusion> ofMissingWorkers() {
        Optional<Instant> published = trail.publishedAt();
        List<String> missing = trail.type().flatMap(EventType::find).stream()
                .flatMap(type -> App.workers().stream()
                        .filter(worker -> worker.handledTypes().contains(type)))
                .map(App::id)
                .filter(worker -> !trail.isProcessedBy(worker))
                .toList();
        if (missing.isEmpty() || published.isEmpty() || isExpired(published.get())) {
            return Optional.empty();
        }
        Duration waited = Duration.between(published.get(), now);
        String names = String.join(", ", missing);
        if (waited.compareTo(limits.stepLimit()) <= 0) {
            return isForScreens()
                    ? Optional.empty()
                    : Optional.of(Verdict.CONSUMING.because(
                            "It is published, and %s has not processed it yet.".formatted(names)));
        }
        if (slowStatement.isPresent()) {
            return Optional.of(Verdict.DATABASE_SLOW.because(
                    "%s has not processed it yet. %s".formatted(names, slowStatement.get())));
        }
        return Optional.of(Verdict.WORKER_LAGGING.because(
                "It was published %d s ago, and %s has not processed it yet.".formatted(waited.toSeconds(), names)));
    }
}
