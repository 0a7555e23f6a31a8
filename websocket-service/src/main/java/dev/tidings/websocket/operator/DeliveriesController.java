package dev.tidings.websocket.operator;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import dev.tidings.websocket.operator.Deliveries.EventDelivery;
import dev.tidings.websocket.operator.Deliveries.UserDelivery;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The part of a journey that this service knows (R-EV-5). The backend combines it with its own part. Ids are query parameters,
 * because a path cannot contain every opaque id.
 */
@RestController
class DeliveriesController {
    /** Maximum length of the id of a CloudEvent, in characters. */
    private static final int MAX_ID = 256;

    private final Deliveries deliveries;

    DeliveriesController(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GetMapping("/api/v1/admin/deliveries/event")
    EventDelivery event(Identity caller, @RequestParam String id) throws InterruptedException {
        Operators.require(caller);
        return deliveries.ofEvent(checked(id));
    }

    @GetMapping("/api/v1/admin/deliveries/user")
    UserDelivery user(Identity caller, @RequestParam String id) throws InterruptedException {
        Operators.require(caller);
        String complaint = UserId.complaint(id);
        if (!complaint.isEmpty()) {
            throw Problems.invalid(List.of(new FieldError("id", "is not a user id: it " + complaint)));
        }
        return deliveries.ofUser(id);
    }

    private static String checked(String id) {
        if (id.isEmpty()
                || id.codePointCount(0, id.length()) > MAX_ID
                || id.codePoints().anyMatch(Character::isISOControl)) {
            throw Problems.invalid(List.of(
                    new FieldError("id", "must have 1 to " + MAX_ID + " characters and no control characters")));
        }
        return id;
    }
}
