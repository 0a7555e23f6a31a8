package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.DeadLetterJob.JobView;
import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.FormReader;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves jobs on dead letters to operators. */
@RestController
@RequestMapping("/api/v1/admin/dead-letter-jobs")
class DeadLetterJobController {
    private static final Set<String> FIELDS = Set.of("action", "consumer", "topic", "eventType");

    private final DeadLetterJobs jobs;
    private final IdempotentWrites writes;

    DeadLetterJobController(DeadLetterJobs jobs, IdempotentWrites writes) {
        this.jobs = jobs;
        this.writes = writes;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> start(Identity caller, HttpServletRequest request, JsonBody body) {
        Access.requireOperator(caller);
        FormReader form = FormReader.of(body.json(), "a job", FIELDS);
        DeadLetterJob.Action action =
                form.requiredParsed("action", DeadLetterJobController::action, "must be replay or discard");
        String consumer = form.string("consumer");
        String topic = form.string("topic");
        String eventType = form.string("eventType");
        form.finish();
        DeadLetterFilter filter = DeadLetterFilter.of(DeadLetterFilter.OPEN, consumer, topic, eventType);
        return writes.run(
                caller,
                request,
                body.bytes(),
                () -> jobs.start(Objects.requireNonNull(action), filter, caller.userId())
                        .map(job -> WriteResult.created(
                                URI.create("/api/v1/admin/dead-letter-jobs/" + job.id()), job.view()))
                        .orElseThrow(this::anotherRuns));
    }

    /** Newest first. */
    @GetMapping
    ListPage<JobView> list(Identity caller, ListRequest page) {
        Access.requireOperator(caller);
        return page.page(jobs.page(page.before(), page.rows()), DeadLetterJob::id, DeadLetterJob::view);
    }

    @GetMapping("/{id}")
    JobView read(Identity caller, @PathVariable String id) {
        Access.requireOperator(caller);
        return PathId.of(id).flatMap(jobs::find).map(DeadLetterJob::view).orElseThrow(() -> noSuchJob(id));
    }

    /** Idempotent; takes no Idempotency-Key. */
    @PostMapping("/{id}/stop")
    JobView stop(Identity caller, @PathVariable String id) {
        Access.requireOperator(caller);
        return PathId.of(id)
                .flatMap(job -> jobs.stop(job, caller.userId()))
                .map(DeadLetterJob::view)
                .orElseThrow(() -> noSuchJob(id));
    }

    private RuntimeException anotherRuns() {
        String which = jobs.running()
                .map(job -> "a %s that %s started is running".formatted(job.actionName(), job.requestedBy()))
                .orElse("another job was running");
        return Problems.refused(HttpStatus.CONFLICT, which + ": wait until it has ended, or stop it", "JOB_RUNNING");
    }

    private static Optional<DeadLetterJob.Action> action(String name) {
        return switch (name) {
            case "replay" -> Optional.of(DeadLetterJob.Action.REPLAY);
            case "discard" -> Optional.of(DeadLetterJob.Action.DISCARD);
            default -> Optional.empty();
        };
    }

    private static RuntimeException noSuchJob(String id) {
        return Problems.notFound("there is no job " + PathId.shown(id));
    }
}
