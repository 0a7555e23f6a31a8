package dev.tidings.backend.sessions;

import dev.tidings.backend.allocations.Allocations;
import dev.tidings.backend.home.StudentScreens;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.EventType;
import dev.tidings.events.SessionCompleted;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.tokens.Identity;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Marks a session as completed by its trainer. Safe for any thread. */
@Service
class CompleteSession {
    private static final Logger log = LoggerFactory.getLogger(CompleteSession.class);

    private final SessionTable table;
    private final Allocations allocations;
    private final StudentScreens screens;
    private final Outbox outbox;
    private final Clock clock;

    CompleteSession(SessionTable table, Allocations allocations, StudentScreens screens, Outbox outbox, Clock clock) {
        this.table = table;
        this.allocations = allocations;
        this.screens = screens;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Returns empty if the trainer has no such session. */
    @Transactional
    public Optional<TutoringSession> complete(UUID id, Identity trainer) {
        return table.lock(id, trainer.userId()).map(session -> switch (session.status()) {
            case COMPLETED -> session;
            case CANCELLED ->
                throw Problems.refused(HttpStatus.CONFLICT, "this session was cancelled, so it cannot be completed");
            case SCHEDULED -> completed(session, trainer);
        });
    }

    private TutoringSession completed(TutoringSession session, Identity trainer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        table.complete(session.id(), now);
        allocations.sessionHeld(session.allocationId());
        screens.invalidateAfterCommit(session.studentId());
        SessionCompleted event = SessionCompleted.of(
                now,
                session.paymentId(),
                trainer.userId(),
                trainer.role().wireName(),
                session.id(),
                session.trainerId(),
                session.studentId());
        outbox.append(EventType.SESSION_COMPLETED, session.studentId(), event);
        log.info("Session {} of {} was completed by {}", session.id(), session.studentId(), trainer.userId());
        return session.completed(now);
    }
}
