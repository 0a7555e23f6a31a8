package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Flow.FlowEvent;
import dev.tidings.backend.journeys.FlowJourney.ConcludedEvent;
import dev.tidings.backend.journeys.ScreenDeliveries.SilentException;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.OfUser;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import dev.tidings.sidecar.SidecarProbe;
import dev.tidings.topology.App;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds journeys. Safe for any thread; blocks on the database and the WebSocket service, outside of a transaction. */
@Service
class Journeys {
    /** The fields of a payload that name what the event belongs to, the most precise first. */
    private static final List<String> FLOW_FIELDS = List.of("correlationId", "orderId", "task_id", "subjectId", "id");

    private final TrailTable trails;
    private final OutboxTable outboxes;
    private final FlowTable flows;
    private final ScreenDeliveries deliveries;
    private final SidecarProbe sidecar;
    private final JourneySettings settings;
    private final JsonMapper json;
    private final InstantSource clock = InstantSource.system();

    Journeys(
            TrailTable trails,
            OutboxTable outboxes,
            FlowTable flows,
            ScreenDeliveries deliveries,
            SidecarProbe sidecar,
            JourneySettings settings,
            JsonMapper json) {
        this.trails = trails;
        this.outboxes = outboxes;
        this.flows = flows;
        this.deliveries = deliveries;
        this.sidecar = sidecar;
        this.settings = settings;
        this.json = json;
    }

    /** Part of a journey that comes from the records of one event. */
    private record Examined(Trail trail, Optional<OfEvent> delivery, Conclusion conclusion) {
        boolean isUnknown() {
            return trail.isEmpty()
                    && delivery.filter(answer -> !answer.isEmpty()).isEmpty();
        }
    }

    /**
     * Returns the journey of an event. Returns empty if there is no record of it; without an answer of the WebSocket service that is not
     * certain, so the journey says so.
     *
     * @param authorization header of the operator's request
     */
    Optional<EventJourney> ofEvent(String eventId, String authorization) {
        Examined event = examine(eventId, authorization);
        if (event.isUnknown() && event.delivery().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(journey(eventId, event));
    }

    UserJourney ofUser(String userId, String authorization) {
        try {
            return ofUser(userId, Optional.of(deliveries.ofUser(userId, authorization)), "");
        } catch (SilentException e) {
            return ofUser(userId, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the journey of whatever has this id. */
    Optional<SearchResult> search(String id, boolean isUserId, String authorization) {
        Examined event = examine(id, authorization);
        if (!event.isUnknown()) {
            return Optional.of(SearchResult.of(journey(id, event)));
        }
        Optional<Flow> flow = flows.find(id);
        if (flow.isPresent()) {
            return Optional.of(SearchResult.of(ofFlow(flow.get(), authorization)));
        }
        if (!isUserId) {
            return Optional.empty();
        }
        UserJourney user = ofUser(id, authorization);
        boolean isKnown = !user.connections().isEmpty()
                || !user.waiting().isEmpty()
                || !user.events().isEmpty()
                || flows.knowsUser(id);
        return isKnown ? Optional.of(SearchResult.of(user)) : Optional.empty();
    }

    private Examined examine(String eventId, String authorization) {
        Trail trail = trails.of(eventId);
        Optional<OfEvent> delivery = Optional.empty();
        String silence = "";
        try {
            delivery = Optional.of(deliveries.ofEvent(eventId, authorization));
        } catch (SilentException e) {
            silence = String.valueOf(e.getMessage());
        }
        return new Examined(trail, delivery, conclude(trail, delivery, silence));
    }

    private Conclusion conclude(Trail trail, Optional<OfEvent> delivery, String silence) {
        return new EventVerdict(
                        trail,
                        delivery,
                        silence,
                        trail.unpublished().isPresent() ? sidecar.complaint() : "",
                        trails.slowStatement(),
                        clock.instant(),
                        settings)
                .conclude();
    }

    private EventJourney journey(String eventId, Examined event) {
        return EventJourney.of(
                eventId,
                event.trail(),
                event.conclusion(),
                JourneySteps.of(eventId, event.trail(), event.delivery()),
                flowOf(event.trail()));
    }

    private FlowJourney ofFlow(Flow flow, String authorization) {
        List<ConcludedEvent> concluded = flow.events().stream()
                .map(event -> concluded(event, authorization))
                .toList();
        return FlowJourney.of(flow, concluded);
    }

    private ConcludedEvent concluded(FlowEvent event, String authorization) {
        Examined examined = examine(event.id(), authorization);
        return new ConcludedEvent(
                event, examined.conclusion(), JourneySteps.of(event.id(), examined.trail(), examined.delivery()));
    }

    private UserJourney ofUser(String userId, Optional<OfUser> delivery, String silence) {
        List<Publication> waiting = outboxes.waiting(userId);
        Optional<Conclusion> outbox = waiting.stream()
                .findFirst()
                .map(oldest -> OutboxVerdict.of(
                        oldest,
                        outboxes.facts(oldest),
                        oldest.app().equals(App.BACKEND.id()) ? sidecar.complaint() : "",
                        clock.instant(),
                        settings.stepLimit()));
        return UserJourney.of(userId, waiting, outbox, delivery, silence, new ScreenVerdict(clock.instant(), settings));
    }

    private Optional<Flow> flowOf(Trail trail) {
        return Stream.concat(
                        trail.processings().stream()
                                .map(Trail.Processing::correlationId)
                                .flatMap(Stream::ofNullable),
                        trail.payload().stream().flatMap(this::idsIn))
                .findFirst()
                .flatMap(flows::find);
    }

    private Stream<String> idsIn(String payload) {
        try {
            JsonNode data = json.readTree(payload);
            return FLOW_FIELDS.stream()
                    .map(data::path)
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue);
        } catch (JacksonException e) {
            return Stream.of();
        }
    }
}
