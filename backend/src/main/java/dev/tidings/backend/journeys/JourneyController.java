package dev.tidings.backend.journeys;

import dev.tidings.backend.identity.Access;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.Timestamps;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves journeys to operators. */
@RestController
@RequestMapping("/api/v1/admin/journeys")
class JourneyController {
    /** The limit of the WebSocket service. */
    private static final int MAX_ID = 256;

    private final Journeys journeys;

    JourneyController(Journeys journeys) {
        this.journeys = journeys;
    }

    /** Finds out what the id names: an event, a payment, order, task or correlation id, or a user. */
    @GetMapping
    SearchResult search(
            Identity caller, @RequestParam String id, @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        check("id", id);
        return journeys.search(id, UserId.complaint(id).isEmpty(), authorization)
                .orElseThrow(() -> Problems.notFound(
                        "nothing has the id %s: no event, payment, order, task, correlation id or user.%s"
                                .formatted(PathId.shown(id), age(id))));
    }

    @GetMapping("/events/{eventId}")
    EventJourney event(
            Identity caller,
            @PathVariable String eventId,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        check("eventId", eventId);
        return journeys.ofEvent(eventId, authorization)
                .orElseThrow(() -> Problems.notFound(
                        "there is no event %s: it was never committed, was published by another service and has not been"
                                        .formatted(PathId.shown(eventId))
                                + " consumed, or is older than the retention of outboxes and log." + age(eventId)));
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
        return journeys.ofUser(userId, authorization);
    }

    /** The ids of Tidings contain the time at which they were made. */
    private static String age(String id) {
        return PathId.of(id)
                .flatMap(Flow::timeOf)
                .map(time -> " By its id it is from %s.".formatted(Timestamps.format(time)))
                .orElse("");
    }

    private static void check(String field, String id) {
        if (id.isBlank() || id.length() > MAX_ID || id.codePoints().anyMatch(Character::isISOControl)) {
            throw Problems.invalid(List.of(
                    new FieldError(field, "must have 1 to %d characters and no control characters".formatted(MAX_ID))));
        }
    }
}
