package dev.tidings.backend.sessions;

import dev.tidings.backend.allocations.Allocations;
import dev.tidings.backend.home.StudentScreens;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.EventType;
import dev.tidings.events.SessionCompleted;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
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
import tools.jackson.databind.json.JsonMapper;

/** A trainer says that a session was held. Safe for any thread. */
@Service
class CompleteSession {
    private static final Logger log = LoggerFactory.getLogger(CompleteSession.class);

    private final SessionTable table;
    private final Allocations allocations;
    private final StudentScreens screens;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    CompleteSession(
            SessionTable table,
            Allocations allocations,
            StudentScreens screens,
            Outbox outbox,
            JsonMapper json,
            Clock clock) {
        this.table = table;
        this.allocations = allocations;
        this.screens = screens;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Empty if the trainer has no such session. */
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
        screens.changeAfterCommit(session.studentId());
        SessionCompleted event = new SessionCompleted(
                EventType.SESSION_COMPLETED.wireName(),
                now.toEpochMilli(),
                session.paymentId().toString(),
                trainer.userId(),
                trainer.role().wireName(),
                session.id().toString(),
                session.trainerId(),
                session.studentId());
        outbox.append(OutboxEvent.of(EventType.SESSION_COMPLETED, session.studentId(), json.writeValueAsString(event)));
        log.info("Session {} of {} was completed by {}", session.id(), session.studentId(), trainer.userId());
        return session.completed(now);
    }
}
