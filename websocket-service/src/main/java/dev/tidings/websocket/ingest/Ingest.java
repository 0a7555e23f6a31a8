package dev.tidings.websocket.ingest;

import dev.tidings.websocket.cluster.peers.EventFanOut;
import dev.tidings.websocket.ingest.Reading.Deliverable;
import dev.tidings.websocket.ingest.Reading.NotPushed;
import dev.tidings.websocket.ingest.Reading.Rejected;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Appends batches of events and has them told. Any thread may call it. */
@Component
class Ingest {
    private static final Logger log = LoggerFactory.getLogger(Ingest.class);

    /** A batch above it is appended in parts, so that a statement's memory is bounded. */
    private static final long MAX_APPEND_BYTES = 4L << 20;

    private final EventReader reader;
    private final EventLog eventLog;
    private final KeptAside keptAside;
    private final EventFanOut router;
    private final IngestMetrics metrics;

    Ingest(EventReader reader, EventLog eventLog, KeptAside keptAside, EventFanOut router, IngestMetrics metrics) {
        this.reader = reader;
        this.eventLog = eventLog;
        this.keptAside = keptAside;
        this.router = router;
        this.metrics = metrics;
    }

    /**
     * On return every event of the batch is committed, in the log or among those kept aside. Throws if the database is
     * away; the batch may be given again then, whatever was committed of it.
     */
    void take(Route route, List<byte[]> batch) {
        List<Deliverable> deliverable = new ArrayList<>(batch.size());
        List<RejectedEvent> rejected = new ArrayList<>();
        for (byte[] bytes : batch) {
            switch (reader.read(route, bytes)) {
                case Deliverable event -> deliverable.add(event);
                case NotPushed(String type) -> {
                    log.debug("[WebSocket] Event received: {}, userId: -, role: -, shouldReceive: false", type);
                    metrics.notPushed(route.topic());
                }
                case Rejected(RejectedEvent event) -> rejected.add(event);
            }
        }
        List<LoggedEvent> logged = metrics.timeAppend(() -> append(route, deliverable, rejected));
        router.route(logged);
        if (!rejected.isEmpty()) {
            keptAside.keep(rejected);
        }
        report(route, batch.size(), deliverable, rejected);
    }

    /** Halves a batch that the database refuses until the refused event stands alone. */
    private List<LoggedEvent> append(Route route, List<Deliverable> batch, List<RejectedEvent> rejected) {
        if (batch.isEmpty()) {
            return List.of();
        }
        if (batch.size() > 1 && bytesOf(batch) > MAX_APPEND_BYTES) {
            return appendHalves(route, batch, rejected);
        }
        try {
            return eventLog.append(batch.stream().map(Deliverable::event).toList());
        } catch (PoisonEventException e) {
            if (batch.size() == 1) {
                NewEvent event = batch.getFirst().event();
                rejected.add(new RejectedEvent(
                        route.topic(),
                        event.source(),
                        event.id(),
                        Reason.REFUSED_BY_DATABASE,
                        String.valueOf(e.getMessage()),
                        batch.getFirst().bytes()));
                return List.of();
            }
            return appendHalves(route, batch, rejected);
        }
    }

    private List<LoggedEvent> appendHalves(Route route, List<Deliverable> batch, List<RejectedEvent> rejected) {
        int half = batch.size() / 2;
        List<LoggedEvent> logged = new ArrayList<>(append(route, batch.subList(0, half), rejected));
        logged.addAll(append(route, batch.subList(half, batch.size()), rejected));
        return logged;
    }

    private static long bytesOf(List<Deliverable> batch) {
        return batch.stream().mapToLong(event -> event.bytes().length).sum();
    }

    private void report(Route route, int batchSize, List<Deliverable> deliverable, List<RejectedEvent> rejected) {
        metrics.batch(route.topic(), batchSize, deliverable);
        for (RejectedEvent event : rejected) {
            metrics.rejected(event.reason());
            log.warn(
                    "Kept an event aside that cannot be delivered: topic {}, source {}, id {}: {} ({})."
                            + " See GET /api/v1/admin/rejected-events",
                    event.topic(),
                    LogText.safe(event.source()),
                    LogText.safe(event.eventId()),
                    event.reason(),
                    LogText.safe(event.detail()));
        }
        for (Deliverable event : deliverable) {
            if (route.logLine() != null) {
                log.info(LogText.fill(route.logLine(), event.event().data()));
            }
            if (log.isDebugEnabled()) {
                for (StreamName stream : event.event().streams()) {
                    log.debug(
                            "[WebSocket] Event received: {}, userId: {}, role: {}, shouldReceive: true",
                            event.event().eventType(),
                            stream.isUser() ? stream.owner() : "-",
                            stream.isUser() ? "-" : stream.owner());
                }
            }
        }
    }
}
