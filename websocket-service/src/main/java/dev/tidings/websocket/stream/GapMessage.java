package dev.tidings.websocket.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message about a {@link Gap}, on the socket and when polling (R-EV-3). A gap of unknown size has neither range nor
 * count, and the client refetches its data.
 *
 * @param stream the kind of the stream: {@code user} or {@code role}
 * @param types number of missing events per event type; omitted if no longer known
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
