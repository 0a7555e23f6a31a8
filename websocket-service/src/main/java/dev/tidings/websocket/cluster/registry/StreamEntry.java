package dev.tidings.websocket.cluster.registry;

import dev.tidings.websocket.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The replicas that hold connections for one stream, stored under the key of the stream.
 *
 * @param incarnations the ids of their incarnations
 * @param nonce makes each value unique, so that a version derived from the content never repeats
 */
public record StreamEntry(SortedSet<String> incarnations, String nonce) {
    public StreamEntry {
        Objects.requireNonNull(incarnations);
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Returns the key of the entry of a stream. The name is encoded, because Dapr rejects {@code ||} in keys. */
    public static String key(StreamName stream) {
        return "cluster:stream:" + BASE64.encodeToString(stream.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Parses the stored value. A missing or unreadable value is an empty entry. */
    public static StreamEntry parse(@Nullable String stored) {
        if (stored != null) {
            try {
                return JSON.readValue(stored, StreamEntry.class);
            } catch (JacksonException | NullPointerException e) {
                // The replicas rewrite the value at their next comparison.
            }
        }
        return new StreamEntry(new TreeSet<>(), "");
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    /** Returns the next value: with or without {@code incarnation}, and without the incarnations that are gone. */
    StreamEntry changed(String incarnation, boolean present, Predicate<String> gone) {
        SortedSet<String> next = new TreeSet<>(incarnations);
        next.removeIf(other -> !other.equals(incarnation) && gone.test(other));
        if (present) {
            next.add(incarnation);
        } else {
            next.remove(incarnation);
        }
        return new StreamEntry(next, UUID.randomUUID().toString());
    }
}
