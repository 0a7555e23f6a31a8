package dev.tidings.studentcache;

import dev.tidings.sidecar.state.DaprStateStore;
import dev.tidings.sidecar.state.StateStore;
import dev.tidings.sidecar.state.StateStore.Versioned;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.studentcache.Lookup.Hit;
import dev.tidings.studentcache.Lookup.Miss;
import dev.tidings.studentcache.Lookup.MissReason;
import dev.tidings.studentcache.Lookup.Ticket;
import io.dapr.client.DaprClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Caches screens of students and never serves outdated ones; see the package. Safe for any thread. */
public final class StudentCache {
    /** Time to live of an entry without an invalidation (R-PF-6). */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(300);

    /** Far longer than the time to live of an entry plus the longest computation. An expired generation costs a miss. */
    private static final Duration GENERATION_TIME_TO_LIVE = Duration.ofHours(6);

    private static final JsonMapper JSON = new JsonMapper();

    private final StateStore store;
    private final Supplier<String> generations;

    /** @param generations returns texts that are unique across all processes */
    StudentCache(StateStore store, Supplier<String> generations) {
        this.store = store;
        this.generations = generations;
    }

    /**
     * Creates a cache in a Dapr state store.
     *
     * @param component name of the store
     * @param timeout time limit of each call; a lookup with a write makes up to three calls
     */
    public static StudentCache on(DaprClient dapr, String component, Duration timeout) {
        return new StudentCache(
                new DaprStateStore(dapr, component, timeout),
                () -> UUID.randomUUID().toString());
    }

    /** Returns the cached screen, or a ticket to cache it. An unavailable cache is a miss. */
    public Lookup find(Screen screen, String studentId) {
        if (!isCacheable(studentId)) {
            return new Miss(MissReason.NOT_CACHEABLE, null);
        }
        String key = screen.key(studentId);
        String generationKey = generationKey(studentId);
        try {
            Map<String, Versioned> found = store.getAll(List.of(generationKey, key));
            String generation = generation(value(found, generationKey));
            if (generation == null) {
                return new Miss(MissReason.ABSENT, new Ticket(key, newGeneration(generationKey)));
            }
            CachedScreen entry = entry(value(found, key));
            if (entry != null && entry.generation().equals(generation)) {
                return new Hit(entry.screen());
            }
            return new Miss(entry == null ? MissReason.ABSENT : MissReason.OUTDATED, new Ticket(key, generation));
        } catch (StateStoreException e) {
            return new Miss(MissReason.UNAVAILABLE, null);
        }
    }

    /**
     * Stores a screen that was computed after the ticket was issued. It is not served if the student was invalidated meanwhile.
     *
     * @return whether the store accepted it
     */
    public boolean put(Ticket ticket, JsonNode screen) {
        try {
            store.put(
                    ticket.key(), JSON.writeValueAsString(new CachedScreen(ticket.generation(), screen)), TIME_TO_LIVE);
            return true;
        } catch (StateStoreException e) {
            return false;
        }
    }

    /**
     * Invalidates the student: after the return, no screen is served that was computed before the call. Idempotent.
     *
     * @return the keys that had an entry
     * @throws StateStoreException if the invalidation may have failed
     */
    public Set<String> invalidate(String studentId) {
        if (!isCacheable(studentId)) {
            return Set.of();
        }
        List<String> entries = Arrays.stream(Screen.values())
                .map(screen -> screen.key(studentId))
                .toList();
        Map<String, Versioned> found = store.getAll(entries);
        Set<String> existed =
                entries.stream().filter(key -> value(found, key) != null).collect(Collectors.toSet());
        store.putAndDelete(generationKey(studentId), quoted(generations.get()), GENERATION_TIME_TO_LIVE, entries);
        return existed;
    }

    /** Writes a new generation. Of two concurrent readers, the later write wins and the entry of the other is a miss. */
    private String newGeneration(String key) {
        String generation = generations.get();
        store.put(key, quoted(generation), GENERATION_TIME_TO_LIVE);
        return generation;
    }

    private static @Nullable String value(Map<String, Versioned> found, String key) {
        return found.getOrDefault(key, Versioned.ABSENT).value();
    }

    /** Dapr rejects keys that contain its separator. */
    private static boolean isCacheable(String studentId) {
        return !studentId.contains("||");
    }

    private static String generationKey(String studentId) {
        return "student:generation:" + studentId;
    }

    private static String quoted(String generation) {
        return JSON.writeValueAsString(generation);
    }

    private static @Nullable String generation(@Nullable String json) {
        return json == null ? null : read(json, String.class);
    }

    private static @Nullable CachedScreen entry(@Nullable String json) {
        return json == null ? null : read(json, CachedScreen.class);
    }

    /** Returns null for an unreadable value, which another version of this class has written. */
    private static <T> @Nullable T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException e) {
            return null;
        }
    }

    private record CachedScreen(String generation, JsonNode screen) {}
}
