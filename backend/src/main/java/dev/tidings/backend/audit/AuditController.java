package dev.tidings.backend.audit;

import dev.tidings.backend.audit.AuditLog.AuditEntry;
import dev.tidings.backend.audit.AuditLog.ChainStep;
import dev.tidings.backend.audit.AuditLog.ChainVerification;
import dev.tidings.backend.audit.AuditLog.Filter;
import dev.tidings.backend.audit.Chain.ChainFault;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.PathId;
import dev.tidings.backend.requests.RequestTimes;
import dev.tidings.edge.masking.FieldMask;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.Timestamps;
import dev.tidings.tokens.Identity;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Serves the audit log to operators. */
@RestController
@RequestMapping("/api/v1/admin/audit")
class AuditController {
    private static final Set<String> PARAMETERS =
            Set.of("who", "what", "topic", "source", "eventId", "from", "to", "cursor", "limit");

    private final AuditLog log;
    private final JsonMapper json;
    private final FieldMask mask;

    AuditController(AuditLog log, JsonMapper json, FieldMask mask) {
        this.log = log;
        this.json = json;
        this.mask = mask;
    }

    /** An entry as the API shows it. */
    record EntryView(
            long number,
            @Nullable String who,
            String what,
            String when,
            String topic,
            String source,
            String eventId,
            String recordedAt,
            JsonNode data,
            String hash) {}

    /**
     * @param checked number of the last verified entry
     * @param next where the next request goes on; null if all entries were verified, or one is at fault
     */
    record VerificationView(
            boolean intact,
            long entries,
            String headHash,
            @Nullable ChainFault fault,
            long checked,
            @Nullable Next next) {}

    /** @param hash hash of the entry {@code after}, in hex */
    record Next(long after, String hash) {}

    /** Newest first. */
    @GetMapping
    ListPage<EntryView> list(Identity caller, ListRequest request, @RequestParam Map<String, String> parameters) {
        Access.requireOperator(caller);
        return request.page(
                log.page(filter(parameters), numberBefore(request.before()), request.rows()),
                entry -> inCursor(entry.number()),
                this::view);
    }

    /**
     * Verifies the log: all of it without parameters, which takes a time in proportion to its length, or one step from {@code after}.
     */
    @GetMapping("/verification")
    VerificationView verify(
            Identity caller,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "") String hash,
            @RequestParam(defaultValue = "" + AuditLog.LINKS_AT_ONCE) int limit) {
        Access.requireOperator(caller);
        if (after != null) {
            return step(after, hash, limit);
        }
        ChainVerification result = log.verify();
        ChainFault fault = result.fault().orElse(null);
        return new VerificationView(
                fault == null,
                result.entries(),
                result.headHash(),
                fault,
                fault == null ? result.entries() : fault.number() - 1,
                null);
    }

    private VerificationView step(String after, String hash, int limit) {
        if (limit < 1 || limit > AuditLog.LINKS_AT_ONCE) {
            throw Problems.invalid(List.of(new FieldError("limit", "must be 1 to " + AuditLog.LINKS_AT_ONCE)));
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problems.invalid(List.of(new FieldError("after", "must be the number of an entry, or 0")));
        }
        long number = Long.parseLong(after);
        if (number > 0 && !hash.matches("[0-9a-f]{64}")) {
            throw Problems.invalid(List.of(new FieldError("hash", "must be the hash of the entry 'after', in hex")));
        }
        ChainStep step = log.verifyStep(number, hash, limit);
        return new VerificationView(
                step.fault().isEmpty(),
                step.entries(),
                step.headHash(),
                step.fault().orElse(null),
                step.lastNumber(),
                step.hasMore() ? new Next(step.lastNumber(), step.lastHash()) : null);
    }

    private EntryView view(AuditEntry entry) {
        return new EntryView(
                entry.number(),
                entry.who(),
                entry.what(),
                Timestamps.format(entry.when()),
                entry.topic(),
                entry.source(),
                entry.eventId(),
                Timestamps.format(entry.recordedAt()),
                mask.json(json.readTree(entry.payload())),
                entry.hash());
    }

    /** Rejects unknown parameters, because a misspelled filter would return all entries. */
    private static Filter filter(Map<String, String> parameters) {
        List<FieldError> unknown = parameters.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .map(name -> new FieldError(PathId.abbreviated(name), "is not a filter of this list"))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problems.invalid(unknown);
        }
        return new Filter(
                parameters.get("who"),
                parameters.get("what"),
                parameters.get("topic"),
                parameters.get("source"),
                parameters.get("eventId"),
                time("from", parameters.get("from")),
                time("to", parameters.get("to")));
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return RequestTimes.time(text)
                .map(OffsetDateTime::toInstant)
                .orElseThrow(() -> Problems.invalid(List.of(
                        new FieldError(name, "must be a time with an offset such as 2026-02-07T12:00:00.000Z"))));
    }

    /** Encodes the number of an entry as the UUID that list cursors contain. */
    private static UUID inCursor(long number) {
        return new UUID(0, number);
    }

    private static long numberBefore(@Nullable UUID cursor) {
        return cursor == null ? Long.MAX_VALUE : cursor.getLeastSignificantBits();
    }
}
