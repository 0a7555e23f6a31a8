package dev.tidings.websocket.cluster.registry;

import dev.tidings.websocket.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The replicas that hold connections for one stream, as they lie under the stream's key.
 *
 * @param boots their boot ids
 * @param nonce makes each value a new one, so that a version derived from the content cannot return
 */
public record StreamEntry(SortedSet<String> boots, String nonce) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** The key of a stream's entry. User ids are any text, keys are not: Dapr refuses {@code ||} in them. */
    public static String key(StreamName stream) {
        return "cluster:stream:" + BASE64.encodeToString(stream.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the stored text; a missing or unreadable one names nobody. */
    public static StreamEntry parse(@Nullable String stored) {
        if (stored != null) {
            try {
                return JSON.readValue(stored, StreamEntry.class);
            } catch (JacksonException | NullPointerException e) {
                // Foreign or broken: the replicas' next comparison of their entries writes it anew.
            }
        }
        return new StreamEntry(new TreeSet<>(), "");
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    /** The next value of the entry: with or without {@code boot}, and without the boot ids that are gone. */
    StreamEntry changed(String boot, boolean present, Predicate<String> gone) {
        SortedSet<String> next = new TreeSet<>(boots);
        next.removeIf(other -> !other.equals(boot) && gone.test(other));
        if (present) {
            next.add(boot);
        } else {
            next.remove(boot);
        }
        return new StreamEntry(next, UUID.randomUUID().toString());
    }
}
