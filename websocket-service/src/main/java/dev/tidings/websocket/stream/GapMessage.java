package dev.tidings.websocket.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told about a {@link Gap}, on the socket and when polling (R-EV-3). A gap of unknown size has neither
 * range nor count: the client then refetches what it shows.
 *
 * @param stream whose past is gone: {@code user} or {@code role}
 * @param types how many of each event type are gone; left out if no longer known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GapMessage(
        String type,
        String stream,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable Long count,
        @Nullable Map<String, Long> types) {
    public static GapMessage of(Gap gap) {
        String stream = gap.stream().isUser() ? "user" : "role";
        return gap.isUnknown()
                ? new GapMessage("gap", stream, null, null, null, null)
                : new GapMessage(
                        "gap",
                        stream,
                        gap.from(),
                        gap.to(),
                        gap.count(),
                        gap.types().isEmpty() ? null : gap.types());
    }
}
