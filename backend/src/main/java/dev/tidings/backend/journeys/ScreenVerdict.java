package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ClientConnection;
import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EndedConnection;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Concludes what became of a logged event on the connections of its streams. Pure. */
final class ScreenVerdict {
    private static final String TOKEN_EXPIRED = "TOKEN_EXPIRED";
    private static final List<String> STOPPED_READING = List.of("UNRESPONSIVE", "SLOW");

    private final Instant now;
    private final JourneySettings limits;

    ScreenVerdict(Instant now, JourneySettings limits) {
        this.now = now;
        this.limits = limits;
    }

    /** @param delivery with at least one copy */
    Conclusion of(OfEvent delivery) {
        List<ConnectionOutcome> all = delivery.connections();
        return ofConnections(delivery.copies(), all)
                .and(ScreenDelivery.unansweredBy(delivery.silentReplicas()).strip());
    }

    private Conclusion ofConnections(List<EventCopy> copies, List<ConnectionOutcome> all) {
        List<ConnectionOutcome> lacking = all.stream()
                .filter(connection -> connection.isOpen() && connection.lacks())
                .toList();
        List<ConnectionOutcome> having =
                all.stream().filter(ConnectionOutcome::has).toList();
        if (!lacking.isEmpty()) {
            return ofLacking(copies, lacking);
        }
        return having.isEmpty() ? ofNobody(copies, all) : ofHaving(having);
    }

    private Conclusion ofLacking(List<EventCopy> copies, List<ConnectionOutcome> lacking) {
        int count = lacking.size();
        if (!isOver(copies.getFirst().loggedAt(), limits.stepLimit())) {
            return Verdict.PUSHING.because(
                    "It was logged a moment ago, and %d open connections do not have it yet.".formatted(count));
        }
        Optional<String> frozen = lacking.stream()
                .filter(connection -> isFrozen(connection.heardAt()))
                .map(ConnectionOutcome::heardAt)
                .findFirst();
        if (frozen.isPresent()) {
            return Verdict.PAGE_FROZEN.because(
                    "%d open connections do not have it yet: a page takes nothing from its socket, and its last message came at %s."
                            .formatted(count, frozen.get()));
        }
        return Verdict.CLIENT_SLOW.because(
                "%d open connections do not have it yet: their clients or networks are slow.".formatted(count));
    }

    private static Conclusion ofNobody(List<EventCopy> copies, List<ConnectionOutcome> all) {
        Optional<ConnectionOutcome> lost = all.stream()
                .filter(connection -> !connection.isOpen() && connection.lacks())
                .max(Comparator.comparing(connection -> Objects.requireNonNull(connection.closedAt())));
        if (lost.isPresent()) {
            String closedBy = String.valueOf(lost.get().closedBy());
            String cause = "The connection ended before it was sent, at %s by %s."
                    .formatted(lost.get().closedAt(), closedBy);
            if (closedBy.equals(TOKEN_EXPIRED)) {
                return Verdict.TOKEN_EXPIRED.because(cause);
            }
            return (STOPPED_READING.contains(closedBy) ? Verdict.CLIENT_SLOW : Verdict.CONNECTION_LOST).because(cause);
        }
        Optional<EndedConnection> last = copies.stream()
                .map(EventCopy::lastClosed)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(EndedConnection::closedAt));
        String cause = "It is in the log, but no open connection existed when it arrived.";
        boolean hasComeBack = all.stream().anyMatch(ConnectionOutcome::isOpen);
        String since = hasComeBack ? " A client that connected later started after it." : "";
        if (last.isEmpty()) {
            return Verdict.USER_OFFLINE.because(cause + since);
        }
        String closed = " The last one ended at %s by %s."
                .formatted(last.get().closedAt(), last.get().closedBy());
        return (last.get().closedBy().equals(TOKEN_EXPIRED) && !hasComeBack
                        ? Verdict.TOKEN_EXPIRED
                        : Verdict.USER_OFFLINE)
                .because(cause + closed + since);
    }

    private Conclusion ofHaving(List<ConnectionOutcome> having) {
        long acknowledged =
                having.stream().filter(ConnectionOutcome::isAcknowledged).count();
        String sent = "Sent to %d connections, and acknowledged by %d.".formatted(having.size(), acknowledged);
        if (acknowledged > 0) {
            return Verdict.DELIVERED.because(sent);
        }
        boolean isWaiting = having.stream()
                .map(ConnectionOutcome::sentAt)
                .anyMatch(sentAt -> sentAt != null && !isOver(sentAt, limits.acknowledgeLimit()));
        if (isWaiting) {
            return Verdict.SENT.because(sent);
        }
        Optional<String> frozen = having.stream()
                .filter(connection -> connection.isOpen() && isFrozen(connection.heardAt()))
                .map(ConnectionOutcome::heardAt)
                .findFirst();
        if (frozen.isPresent()) {
            return Verdict.PAGE_FROZEN.because(
                    "%s Its page is connected, but has sent nothing since %s.".formatted(sent, frozen.get()));
        }
        return Verdict.NOT_ACKNOWLEDGED.because(sent);
    }

    /** Concludes from all connections of a user. */
    Conclusion ofUser(List<ClientConnection> connections, long tail) {
        List<ClientConnection> open =
                connections.stream().filter(ClientConnection::isOpen).toList();
        if (open.isEmpty()) {
            Optional<ClientConnection> last = connections.stream()
                    .max(Comparator.comparing(connection -> Objects.requireNonNull(connection.closedAt())));
            String cause = "No open connection: nothing is pushed.";
            return last.map(closed -> (TOKEN_EXPIRED.equals(closed.closedBy())
                                    ? Verdict.TOKEN_EXPIRED
                                    : Verdict.USER_OFFLINE)
                            .because("%s The last one ended at %s by %s."
                                    .formatted(cause, closed.closedAt(), closed.closedBy())))
                    .orElseGet(() -> Verdict.USER_OFFLINE.because(cause));
        }
        List<ClientConnection> behind =
                open.stream().filter(ClientConnection::lacksEvents).toList();
        if (!behind.isEmpty()) {
            boolean isFrozen = behind.stream().anyMatch(connection -> isFrozen(connection.heardAt()));
            return (isFrozen ? Verdict.PAGE_FROZEN : Verdict.CLIENT_SLOW)
                    .because("%d of %d open connections lack events: their clients or networks are slow."
                            .formatted(behind.size(), open.size()));
        }
        return Verdict.DELIVERED.because(
                "All %d open connections were sent everything up to number %d.".formatted(open.size(), tail));
    }

    /** Returns whether a client that has sent messages before is silent. A client that never sends any is no page of ours. */
    private boolean isFrozen(@Nullable String heardAt) {
        return heardAt != null && isOver(heardAt, limits.acknowledgeLimit());
    }

    private boolean isOver(String time, Duration limit) {
        return Duration.between(Instant.parse(time), now).compareTo(limit) > 0;
    }
}
