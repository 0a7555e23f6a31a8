package dev.tidings.websocket.ingest;

import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.EventBatchHandler;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.websocket.cluster.peers.EventFanOut;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.ingest.ValidationResult.Deliverable;
import dev.tidings.websocket.ingest.ValidationResult.NotPushed;
import dev.tidings.websocket.ingest.ValidationResult.Undeliverable;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Appends batches of events to the log, then fans them out. Safe for any thread. */
@Component
class Ingest implements EventBatchHandler {
    private static final Logger log = LoggerFactory.getLogger(Ingest.class);

    /** The limit of one statement; a larger batch is appended in parts. */
    private static final long MAX_APPEND_BYTES = 4L << 20;

    private final RoutingTable routes;
    private final EventValidator validator;
    private final EventLog eventLog;
    private final Quarantine quarantine;
    private final EventFanOut router;
    private final IngestMetrics metrics;

    Ingest(
            RoutingTable routes,
            EventValidator validator,
            EventLog eventLog,
            Quarantine quarantine,
            EventFanOut router,
            IngestMetrics metrics) {
        this.routes = routes;
        this.validator = validator;
        this.eventLog = eventLog;
        this.quarantine = quarantine;
        this.router = router;
        this.metrics = metrics;
    }

    /**
     * Takes a batch. On return every event of it is committed, in the log or in the quarantine. If this throws, the batch may be
     * repeated, whatever was committed of it.
     */
    @Override
    public List<DeliveryResult> handle(String topic, List<ReceivedEvent> batch) {
        Route route = routes.of(topic).orElseThrow();
        List<Deliverable> deliverable = new ArrayList<>(batch.size());
        List<RejectedEvent> rejected = new ArrayList<>();
        for (ReceivedEvent received : batch) {
            switch (validator.validate(route, received)) {
                case Deliverable event -> deliverable.add(event);
                case NotPushed(String type) -> {
                    log.debug("[WebSocket] Event received: {}, userId: -, role: -, shouldReceive: false", type);
                    metrics.notPushed(route.topic());
                }
                case Undeliverable(RejectedEvent event) -> rejected.add(event);
            }
        }
        List<LoggedEvent> logged = metrics.timeAppend(() -> append(route, deliverable, rejected));
        router.route(logged);
        if (!rejected.isEmpty()) {
            quarantine.add(rejected);
        }
        report(route, batch.size(), deliverable, rejected);
        return Collections.nCopies(batch.size(), DeliveryResult.SUCCESS);
    }

    /** Appends a batch. A batch that the database rejects is halved until the rejected event is alone. */
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
                    "Quarantined an event that cannot be delivered: topic {}, source {}, id {}: {} ({})."
                            + " See GET /api/v1/admin/rejected-events",
                    event.topic(),
                    LogText.safe(event.source()),
                    LogText.safe(event.eventId()),
                    event.reason(),
                    LogText.safe(event.detail()));
        }
        for (Deliverable event : deliverable) {
            if (route.logLine() != null) {
                log.info("{}", LogText.fill(route.logLine(), event.event().data()), event.event());
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
