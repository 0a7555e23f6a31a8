package dev.tidings.websocket.operator;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.events.Timestamps;
import dev.tidings.websocket.cluster.peers.ClusterQuery;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ClusterResponse;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.ingest.RejectedEvents;
import dev.tidings.websocket.ingest.RejectedEvents.Item;
import dev.tidings.websocket.log.EventFinder;
import dev.tidings.websocket.log.EventFinder.StreamCopy;
import dev.tidings.websocket.log.LogSettings;
import dev.tidings.websocket.operator.IngestProbe.IngestState;
import dev.tidings.websocket.stream.StreamName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reports the delivery of an event after ingest (R-EV-5): the streams that contain it, its numbers, and the progress of every
 * connection of these streams. Blocks on the database and on the other replicas.
 */
@Component
class Deliveries {
    private static final int LATEST = 20;

    /** The state of one event on one connection. */
    enum DeliveryState {
        /** The client has acknowledged the event. */
        @JsonProperty("acknowledged")
        ACKNOWLEDGED,
        /** The event was written to the socket. */
        @JsonProperty("sent")
        SENT,
        /** The event may be in the send queue, or was when the connection ended. */
        @JsonProperty("queued")
        QUEUED,
        /** The event was not sent: the connection still sends older events, or ended before. */
        @JsonProperty("behind")
        BEHIND,
        /** The connection starts after the event: the cursor of the client includes it, or the client sent no cursor. */
        @JsonProperty("before")
        BEFORE;

        static DeliveryState of(ConnectionProgress progress, long number) {
            if (number <= progress.startedAfter()) {
                return BEFORE;
            }
            Long acknowledged = progress.acknowledgedUpTo();
            if (acknowledged != null && number <= acknowledged) {
                return ACKNOWLEDGED;
            }
            if (number > progress.sentUpTo()) {
                return BEHIND;
            }
            return progress.waiting() > 0 ? QUEUED : SENT;
        }
    }

    /**
     * One event in one stream.
     *
     * @param connections the open and recently closed connections of the stream, at most 100 per replica; without those
     *     that closed before the event was logged
     * @param lastClosed the connection that closed last before the event was logged; null if none is remembered
     */
    record LoggedCopy(
            String stream,
            long number,
            String source,
            String eventId,
            String eventType,
            String loggedAt,
            List<ConnectionDelivery> connections,
            @Nullable ClosedConnection lastClosed) {}

    record ClosedConnection(
            String replica, String closedAt, @Nullable String closedBy) {}

    /**
     * @param closedBy {@code client} or the name of a close reason; null while the connection is open
     * @param sentAt when the event was written to the socket; null if it was not, or if the time is no longer known
     * @param acknowledgedAt when the client acknowledged the event; null likewise
     * @param heardAt when the last message of the client arrived; null before the first
     */
    record ConnectionDelivery(
            String replica,
            String userId,
            String role,
            String openedAt,
            @Nullable String closedAt,
            @Nullable String closedBy,
            DeliveryState outcome,
            @Nullable String sentAt,
            @Nullable String acknowledgedAt,
            @Nullable String heardAt) {}

    /**
     * @param quarantined the rejections of the event by ingest
     * @param silentReplicas replicas that did not answer in time; their connections are missing
     * @param keptSince the log has no events from before this time
     * @param ingest what may keep the event from the log; null if it was logged or quarantined
     */
    record EventDelivery(
            String eventId,
            List<LoggedCopy> copies,
            List<Item> quarantined,
            List<String> silentReplicas,
            String keptSince,
            @Nullable IngestState ingest) {}

    /**
     * @param behind number of events of the stream of the user that were not sent yet
     * @param heardAt when the last message of the client arrived; null before the first
     */
    record UserConnection(
            String replica,
            String role,
            String openedAt,
            @Nullable String closedAt,
            @Nullable String closedBy,
            long sentUpTo,
            @Nullable Long acknowledgedUpTo,
            int waiting,
            long behind,
            @Nullable String heardAt) {}

    /**
     * @param tail the number of the newest event in the stream of the user; 0 if there is none
     * @param latest the latest events of the stream of the user, newest first
     */
    record UserDelivery(
            String userId,
            long tail,
            List<UserConnection> connections,
            List<LoggedCopy> latest,
            List<String> silentReplicas) {}

    private final EventFinder log;
    private final ClusterQuery replicas;
    private final RejectedEvents rejectedEvents;
    private final IngestProbe ingest;
    private final LogSettings settings;
    private final InstantSource clock = InstantSource.system();

    Deliveries(
            EventFinder log,
            ClusterQuery replicas,
            RejectedEvents rejectedEvents,
            IngestProbe ingest,
            LogSettings settings) {
        this.log = log;
        this.replicas = replicas;
        this.rejectedEvents = rejectedEvents;
        this.ingest = ingest;
        this.settings = settings;
    }

    EventDelivery ofEvent(String eventId) throws InterruptedException {
        List<LoggedCopy> copies = new ArrayList<>();
        Set<String> silent = new TreeSet<>();
        for (StreamCopy copy : log.copies(eventId)) {
            ClusterResponse<List<ConnectionProgress>> response = replicas.progress(copy.stream());
            copies.add(logged(copy, response));
            silent.addAll(response.silent());
        }
        List<Item> quarantined = rejectedEvents.ofEvent(eventId);
        return new EventDelivery(
                eventId,
                copies,
                quarantined,
                List.copyOf(silent),
                Timestamps.format(clock.instant().minus(settings.retention())),
                copies.isEmpty() && quarantined.isEmpty() ? ingest.state() : null);
    }

    UserDelivery ofUser(String userId) throws InterruptedException {
        StreamName stream = StreamName.ofUser(userId);
        List<StreamCopy> latest = log.latest(stream, LATEST);
        ClusterResponse<List<ConnectionProgress>> response = replicas.progress(stream);
        long tail = latest.isEmpty() ? 0 : latest.getFirst().number();
        return new UserDelivery(
                userId,
                tail,
                each(response, (replica, progress) -> connection(replica, progress, tail)),
                latest.stream().map(copy -> logged(copy, response)).toList(),
                response.silent());
    }

    private static LoggedCopy logged(StreamCopy copy, ClusterResponse<List<ConnectionProgress>> response) {
        return new LoggedCopy(
                copy.stream().value(),
                copy.number(),
                copy.source(),
                copy.eventId(),
                copy.eventType(),
                time(copy.timestamp()),
                response.responses().stream()
                        .flatMap(answer -> answer.value().stream()
                                .filter(progress -> wasThereFor(copy, progress))
                                .map(progress -> reached(answer.name(), progress, copy.number())))
                        .toList(),
                lastClosed(copy, response));
    }

    private static @Nullable ClosedConnection lastClosed(
            StreamCopy copy, ClusterResponse<List<ConnectionProgress>> response) {
        return each(response, Closed::new).stream()
                .filter(closed -> !wasThereFor(copy, closed.progress()))
                .max(Comparator.comparing(
                        closed -> Objects.requireNonNull(closed.progress().closedAt())))
                .map(closed -> new ClosedConnection(
                        closed.replica(),
                        time(Objects.requireNonNull(closed.progress().closedAt())),
                        closed.progress().closedBy()))
                .orElse(null);
    }

    private record Closed(String replica, ConnectionProgress progress) {}

    /** Returns false for a connection that closed before the event was logged. */
    private static boolean wasThereFor(StreamCopy copy, ConnectionProgress progress) {
        Long closedAt = progress.closedAt();
        return closedAt == null || closedAt >= copy.timestamp() || progress.sentUpTo() >= copy.number();
    }

    private static <T> List<T> each(
            ClusterResponse<List<ConnectionProgress>> response, BiFunction<String, ConnectionProgress, T> view) {
        return response.responses().stream()
                .flatMap(answer -> answer.value().stream().map(progress -> view.apply(answer.name(), progress)))
                .toList();
    }

    private static ConnectionDelivery reached(String replica, ConnectionProgress progress, long number) {
        DeliveryState outcome = DeliveryState.of(progress, number);
        return new ConnectionDelivery(
                replica,
                progress.userId(),
                progress.role(),
                time(progress.openedAt()),
                timeOrNull(progress.closedAt()),
                progress.closedBy(),
                outcome,
                outcome == DeliveryState.BEFORE ? null : timeOrNull(ConnectionProgress.timeOf(number, progress.sent())),
                timeOrNull(ConnectionProgress.timeOf(number, progress.acknowledged())),
                timeOrNull(progress.heardAt()));
    }

    private static UserConnection connection(String replica, ConnectionProgress progress, long tail) {
        return new UserConnection(
                replica,
                progress.role(),
                time(progress.openedAt()),
                timeOrNull(progress.closedAt()),
                progress.closedBy(),
                progress.sentUpTo(),
                progress.acknowledgedUpTo(),
                progress.waiting(),
                Math.max(0, tail - progress.sentUpTo()),
                timeOrNull(progress.heardAt()));
    }

    private static String time(long epochMillis) {
        return Timestamps.format(Instant.ofEpochMilli(epochMillis));
    }

    private static @Nullable String timeOrNull(@Nullable Long epochMillis) {
        return epochMillis == null ? null : time(epochMillis);
    }
}
