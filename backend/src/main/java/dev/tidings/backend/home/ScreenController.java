package dev.tidings.backend.home;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.UserId;
import dev.tidings.studentcache.Screen;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves the screens of a student to the student and to administrators. */
@RestController
@RequestMapping("/api/v1/students/{id}")
class ScreenController {
    private final AggregationService aggregation;

    ScreenController(AggregationService aggregation) {
        this.aggregation = aggregation;
    }

    @GetMapping("/home")
    JsonNode home(Identity caller, @PathVariable String id, @RequestParam(defaultValue = "false") String force) {
        return screen(Screen.HOME, caller, id, force);
    }

    @GetMapping("/learning")
    JsonNode learning(Identity caller, @PathVariable String id, @RequestParam(defaultValue = "false") String force) {
        return screen(Screen.LEARNING, caller, id, force);
    }

    private JsonNode screen(Screen screen, Identity caller, String id, String force) {
        if (!id.equals(caller.userId()) && caller.role() != Role.ADMIN) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "the screens of a student are for that student and for admins: request your own");
        }
        String complaint = UserId.complaint(id);
        if (!complaint.isEmpty()) {
            throw Problems.notFound("this is not the id of a student: it " + complaint);
        }
        return aggregation.screen(screen, id, isTrue(force));
    }

    private static boolean isTrue(String force) {
        return switch (force) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problems.invalid(List.of(new FieldError("force", "must be true or false")));
        };
    }
}
