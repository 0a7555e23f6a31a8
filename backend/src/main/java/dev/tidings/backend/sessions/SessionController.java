package dev.tidings.backend.sessions;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves sessions to students and trainers. */
@RestController
@RequestMapping("/api/v1/sessions")
class SessionController {
    private static final byte[] NO_BODY = {};

    private final SessionTable table;
    private final CompleteSession completeSession;
    private final IdempotentWrites writes;

    SessionController(SessionTable table, CompleteSession completeSession, IdempotentWrites writes) {
        this.table = table;
        this.completeSession = completeSession;
        this.writes = writes;
    }

    /** Lists the sessions of a student or a trainer, earliest first. */
    @GetMapping
    ListPage<SessionView> list(
            Identity caller,
            ListRequest page,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String from) {
        Access.require(caller, Role.STUDENT, Role.TRAINER);
        SessionFilter filter = SessionFilter.of(status, from);
        List<TutoringSession> found = caller.role() == Role.TRAINER
                ? table.ofTrainer(caller.userId(), filter, page.before(), page.rows())
                : table.ofStudent(caller.userId(), filter, page.before(), page.rows());
        return page.page(found, TutoringSession::id, SessionView::of);
    }

    @PostMapping("/{id}/complete")
    ResponseEntity<String> complete(Identity caller, HttpServletRequest request, @PathVariable String id) {
        Access.require(caller, Role.TRAINER);
        UUID sessionId = PathId.of(id).orElseThrow(() -> noSuchSession(id));
        return writes.run(
                caller,
                request,
                NO_BODY,
                () -> WriteResult.ok(SessionView.of(
                        completeSession.complete(sessionId, caller).orElseThrow(() -> noSuchSession(id)))));
    }

    private static RuntimeException noSuchSession(String id) {
        return Problems.notFound("you have no session " + PathId.shown(id));
    }
}
