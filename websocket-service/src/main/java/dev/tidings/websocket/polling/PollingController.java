package dev.tidings.websocket.polling;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.tokens.Identity;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.GapMessage;
import dev.tidings.websocket.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.util.RawValue;

@RestController
class PollingController {
    static final String PATH = "/api/v1/events/recent";

    private final RecentEvents recentEvents;
    private final long pollAfterMs;

    PollingController(EventLog log, PollingSettings settings) {
        this.recentEvents = new RecentEvents(log);
        this.pollAfterMs = settings.pollAfter().toMillis();
    }

    /** @param gap what is gone before the events, one entry per stream; left out if nothing is */
    record Answer(
            List<RawValue> events,
            String cursor,
            boolean hasMore,
            long pollAfterMs,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GapMessage> gap) {}

    /**
     * The caller's events after the cursor; without one, those logged after {@code since}; without either none, and the
     * cursor of the tail.
     *
     * @param since epoch ms
     */
    @GetMapping(PATH)
    ResponseEntity<Answer> recent(
            Identity caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Long since) {
        List<StreamName> streams =
                StreamName.allOf(caller.userId(), caller.role().wireName());
        RecentEvents.Answer answer;
        if (cursor != null) {
            answer = recentEvents.after(caller.userId(), streams, decode(cursor));
        } else if (since != null) {
            answer = recentEvents.since(caller.userId(), streams, since);
        } else {
            answer = recentEvents.tail(streams);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Answer(
                        answer.messages().stream()
                                .map(message -> new RawValue(new String(message, StandardCharsets.UTF_8)))
                                .toList(),
                        answer.cursor().encode(),
                        answer.hasMore(),
                        pollAfterMs,
                        answer.gaps().stream().map(GapMessage::of).toList()));
    }

    private static Cursor decode(String text) {
        return Cursor.decode(text)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "cursor is not one of ours: pass on what the last answer held"));
    }
}
