package dev.tidings.backend.trainers;

import dev.tidings.backend.allocations.WaitingList;
import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves trainers to administrators. */
@RestController
@RequestMapping("/api/v1/admin/trainers/{id}")
class TrainerController {
    private final TrainerTable table;
    private final WaitingList waitingList;
    private final IdempotentWrites writes;

    TrainerController(TrainerTable table, WaitingList waitingList, IdempotentWrites writes) {
        this.table = table;
        this.waitingList = waitingList;
        this.writes = writes;
    }

    @GetMapping
    TrainerView read(Identity caller, @PathVariable String id) {
        Access.requireAdmin(caller);
        return Optional.of(id)
                .filter(UserId::isValid)
                .flatMap(table::find)
                .orElseThrow(() -> Problems.notFound("there is no such trainer"));
    }

    /** @param id subject of the trainer's tokens */
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> save(Identity caller, HttpServletRequest request, @PathVariable String id, JsonBody body) {
        Access.requireAdmin(caller);
        String complaint = UserId.complaint(id);
        if (!complaint.isEmpty()) {
            throw Problems.invalid(List.of(new FieldError("id", complaint)));
        }
        TrainerProfile profile = TrainerForm.read(body.json());
        return writes.run(caller, request, body.bytes(), () -> {
            table.save(id, profile);
            waitingList.wakeAfterCommit();
            return WriteResult.ok(table.find(id).orElseThrow());
        });
    }
}
