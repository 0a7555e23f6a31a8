package dev.tidings.backend.allocations;

import dev.tidings.backend.allocations.Assignment.Allocated;
import dev.tidings.backend.allocations.Assignment.NoSuchPurchase;
import dev.tidings.backend.allocations.Assignment.Over;
import dev.tidings.backend.allocations.Assignment.Waiting;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.identity.OpenPath;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.sidecar.SidecarCalls;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves allocations to administrators and the allocation-worker. All calls are idempotent and take no Idempotency-Key. */
@RestController
@RequestMapping("/api/v1/admin/allocations")
class AllocationController {
    private static final String ALLOCATION_WORKER = "allocation-worker";

    private final AutoAssign autoAssign;
    private final Allocations allocations;
    private final SidecarCalls sidecarCalls;

    AllocationController(AutoAssign autoAssign, Allocations allocations, SidecarCalls sidecarCalls) {
        this.autoAssign = autoAssign;
        this.allocations = allocations;
        this.sidecarCalls = sidecarCalls;
    }

    @Bean
    static OpenPath autoAssignTakesTheSidecarsToken() {
        return OpenPath.withOtherProof("/api/v1/admin/allocations/auto-assign");
    }

    record AssignmentView(String allocationId, String trainerId, List<String> sessionIds) {}

    /** The allocation-worker calls it through the sidecars; administrators may call it too. */
    @PostMapping(path = "/auto-assign", consumes = MediaType.APPLICATION_JSON_VALUE)
    AssignmentView autoAssign(Optional<Identity> caller, HttpServletRequest request, JsonBody body) {
        if (caller.isPresent()) {
            Access.requireAdmin(caller.get());
        } else if (!sidecarCalls.isFrom(ALLOCATION_WORKER, request)) {
            throw Problems.refused(HttpStatus.UNAUTHORIZED, "send an admin's token: 'Authorization: Bearer <token>'");
        }
        UUID purchaseId = PathId.of(body.json().path("purchaseId").stringValue(""))
                .orElseThrow(
                        () -> Problems.invalid(List.of(new FieldError("purchaseId", "must be the id of a purchase"))));
        return switch (autoAssign.assign(purchaseId)) {
            case Allocated(UUID id, String trainerId, List<UUID> sessionIds) ->
                new AssignmentView(
                        id.toString(),
                        trainerId,
                        sessionIds.stream().map(UUID::toString).toList());
            case Waiting(var reason) ->
                throw Problems.refused(
                        HttpStatus.CONFLICT,
                        reason.text() + "; the purchase waits, and gets a trainer as soon as one is free",
                        reason.name());
            case Over(String code, String text) -> throw Problems.refused(HttpStatus.CONFLICT, text, code);
            case NoSuchPurchase() -> throw Problems.notFound("there is no purchase '%s'".formatted(purchaseId));
        };
    }

    @GetMapping
    ListPage<AllocationView> list(
            Identity caller, ListRequest page, @RequestParam(required = false) @Nullable String status) {
        Access.requireOperator(caller);
        return page.page(
                allocations.page(status(status), page.before(), page.rows()), Allocation::id, AllocationView::of);
    }

    @PostMapping("/{id}/cancel")
    AllocationView cancel(Identity caller, @PathVariable String id) {
        Access.requireAdmin(caller);
        return PathId.of(id)
                .flatMap(allocations::cancel)
                .map(AllocationView::of)
                .orElseThrow(() -> Problems.notFound("there is no allocation " + PathId.shown(id)));
    }

    private static @Nullable AllocationStatus status(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return AllocationStatus.of(text)
                .orElseThrow(() -> Problems.invalid(List.of(
                        new FieldError("status", "must be one of waiting, approved, active, completed, cancelled"))));
    }
}
