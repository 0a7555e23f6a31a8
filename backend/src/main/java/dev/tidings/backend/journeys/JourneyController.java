package dev.tidings.backend.journeys;

import dev.tidings.backend.identity.Access;
import dev.tidings.backend.journeys.EventJourney.Stage;
import dev.tidings.backend.journeys.ScreenDeliveries.SilentException;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves journeys to operators. */
@RestController
@RequestMapping("/api/v1/admin/journeys")
class JourneyController {
    /** The limit of the WebSocket service. */
    private static final int MAX_ID = 256;

    private final TrailTable trails;
    private final ScreenDeliveries deliveries;

    JourneyController(TrailTable trails, ScreenDeliveries deliveries) {
        this.trails = trails;
        this.deliveries = deliveries;
    }

    record StepView(String stage, @Nullable String at, String by, String detail) {}

    record EventView(String eventId, @Nullable String stoppedAt, String verdict, List<StepView> steps) {
        static EventView of(EventJourney journey) {
            return new EventView(
                    journey.eventId(),
                    journey.stoppedAt() == null ? null : name(journey.stoppedAt()),
                    journey.verdict(),
                    journey.steps().stream()
                            .map(step -> new StepView(name(step.stage()), step.at(), step.by(), step.detail()))
                            .toList());
        }

        private static String name(Stage stage) {
            return stage.name().toLowerCase(Locale.ROOT);
        }
    }

    @GetMapping("/events/{eventId}")
    EventView event(
            Identity caller,
            @PathVariable String eventId,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        checkEventId(eventId);
        Trail trail = trails.of(eventId);
        ScreenDelivery.OfEvent delivery = null;
        String silence = "";
        try {
            delivery = deliveries.ofEvent(eventId, authorization);
        } catch (SilentException e) {
            silence = String.valueOf(e.getMessage());
        }
        if (trail.isEmpty()
                && delivery != null
                && delivery.copies().isEmpty()
                && delivery.quarantined().isEmpty()) {
            throw Problems.notFound(
                    "there is no event %s: it was never committed, was published by another service and has not been"
                                    .formatted(eventId)
                            + " consumed, or is older than the retention of outboxes and log");
        }
        return EventView.of(EventJourney.of(eventId, trail, delivery, silence));
    }

    @GetMapping("/users/{userId}")
    UserJourney user(
            Identity caller,
            @PathVariable String userId,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        String complaint = UserId.complaint(userId);
        if (!complaint.isEmpty()) {
            throw Problems.invalid(List.of(new FieldError("userId", complaint)));
        }
        List<Publication> waiting = trails.waiting(userId);
        try {
            return UserJourney.of(userId, waiting, deliveries.ofUser(userId, authorization), "");
        } catch (SilentException e) {
            return UserJourney.of(userId, waiting, null, String.valueOf(e.getMessage()));
        }
    }

    private static void checkEventId(String id) {
        if (id.length() > MAX_ID || id.codePoints().anyMatch(Character::isISOControl)) {
            throw Problems.invalid(List.of(new FieldError(
                    "eventId", "must have at most %d characters and no control characters".formatted(MAX_ID))));
        }
    }
}
