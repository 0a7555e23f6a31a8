package dev.tidings.websocket.polling;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.GapMessage;
import dev.tidings.websocket.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.util.RawValue;

@RestController
class PollingController {
    static final String PATH = "/api/v1/events/recent";

    private static final int MIN_RETRY_SECONDS = 1;
    private static final int MAX_RETRY_SECONDS = 5;

    private final RecentEvents recentEvents;
    private final PollingSettings settings;
    private final Semaphore permits;

    PollingController(EventLog log, PollingSettings settings) {
        this.recentEvents = new RecentEvents(log);
        this.settings = settings;
        this.permits = new Semaphore(settings.concurrentReads(), true);
    }

    /** @param gap the gaps before the events, at most one per stream; omitted if there are none */
    record RecentEventsResponse(
            List<RawValue> events,
            String cursor,
            boolean hasMore,
            long pollAfterMs,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GapMessage> gap) {}

    /**
     * Repermits the events of the caller after the cursor. Without a cursor, repermits the events logged after {@code since}.
     * Without either, repermits no events and the cursor of the tail.
     *
     * @param since epoch ms
     */
    @GetMapping(PATH)
    ResponseEntity<RecentEventsResponse> recent(
            Identity caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Long since) {
        List<StreamName> streams =
                StreamName.allOf(caller.userId(), caller.role().wireName());
        Optional<Cursor> seen = Optional.ofNullable(cursor).map(PollingController::decode);
        RecentEvents.EventPage answer = withPermit(() -> {
            if (seen.isPresent()) {
                return recentEvents.after(caller.userId(), streams, seen.get());
            }
            return since == null ? recentEvents.tail(streams) : recentEvents.since(caller.userId(), streams, since);
        });
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new RecentEventsResponse(
                        answer.messages().stream()
                                .map(message -> new RawValue(new String(message, StandardCharsets.UTF_8)))
                                .toList(),
                        answer.cursor().encode(),
                        answer.hasMore(),
                        settings.pollAfter().toMillis(),
                        answer.gaps().stream().map(GapMessage::of).toList()));
    }

    /** Reads with a permit for the database. Rejects with 503 if no permit becomes free in time. */
    private RecentEvents.EventPage withPermit(Supplier<RecentEvents.EventPage> read) {
        boolean acquired;
        try {
            acquired = permits.tryAcquire(settings.queueTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            acquired = false;
        }
        if (!acquired) {
            throw overloaded();
        }
        try {
            return read.get();
        } finally {
            permits.release();
        }
    }

    private static ErrorResponseException overloaded() {
        ErrorResponseException refusal = Problems.refused(
                HttpStatus.SERVICE_UNAVAILABLE, "too many clients are polling: retry after the given delay");
        int seconds = ThreadLocalRandom.current().nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        return refusal;
    }

    private static Cursor decode(String text) {
        return Cursor.decode(text)
                .orElseThrow(() -> Problems.invalid(List.of(new FieldError(
                        "cursor", "is not a cursor of this service: send the cursor of the last response"))));
    }
}
