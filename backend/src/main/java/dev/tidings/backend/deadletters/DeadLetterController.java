package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Replays.Result;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.masking.FieldMask;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves dead letters to operators. A replay is idempotent and takes no Idempotency-Key. */
@RestController
@RequestMapping("/api/v1/admin/dead-letters")
class DeadLetterController {
    private final DeadLetters deadLetters;
    private final Replays replays;
    private final FieldMask mask;

    DeadLetterController(DeadLetters deadLetters, Replays replays, FieldMask mask) {
        this.deadLetters = deadLetters;
        this.replays = replays;
        this.mask = mask;
    }

    @GetMapping
    ListPage<DeadLetterView> list(
            Identity caller,
            ListRequest page,
            @RequestParam(defaultValue = DeadLetterFilter.OPEN) String status,
            @RequestParam(required = false) @Nullable String consumer,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String eventType) {
        Access.requireOperator(caller);
        DeadLetterFilter filter = DeadLetterFilter.of(status, consumer, topic, eventType);
        return page.page(deadLetters.page(filter, page.before(), page.rows()), DeadLetter::id, DeadLetterView::of);
    }

    @GetMapping("/{id}")
    DeadLetterView.Details read(Identity caller, @PathVariable String id) {
        Access.requireOperator(caller);
        DeadLetter letter = existing(id);
        return DeadLetterView.Details.of(letter, mask.text(letter.event()), deadLetters.actions(letter.id()));
    }

    @PostMapping("/{id}/replay")
    DeadLetterView.Replay replay(Identity caller, @PathVariable String id) {
        Access.requireOperator(caller);
        DeadLetter letter = existing(id);
        return switch (replays.replay(letter, caller.userId())) {
            case Result.Replayed(int later) ->
                new DeadLetterView.Replay(letter.id().toString(), "replayed", null, later);
            case Result.FailedAgain(var _, String error) ->
                new DeadLetterView.Replay(letter.id().toString(), letter.status(), error, 0);
            case Result.Undelivered(String reason, var _) ->
                throw Problems.refused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "the event could not be delivered; try again when its worker is up: " + reason);
        };
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(Identity caller, @PathVariable String id) {
        Access.requireOperator(caller);
        if (!PathId.of(id)
                .map(letter -> deadLetters.discard(letter, caller.userId()))
                .orElse(false)) {
            throw noSuchLetter(id);
        }
    }

    private DeadLetter existing(String id) {
        return PathId.of(id).flatMap(deadLetters::find).orElseThrow(() -> noSuchLetter(id));
    }

    private static RuntimeException noSuchLetter(String id) {
        return Problems.notFound("there is no dead letter " + PathId.shown(id));
    }
}
