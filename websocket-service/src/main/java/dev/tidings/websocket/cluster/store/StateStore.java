package dev.tidings.websocket.cluster.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shared state that replicas find each other by. Any thread may call any method; each blocks for at most the
 * store's timeout and throws {@link StateStoreException} when the store is silent or refuses.
 *
 * <p>There is no delete. Some stores number their versions from 1 again after a key was deleted, and let a write with
 * an old version through; so a key that is no longer wanted gets an empty value and a long time to live instead.
 */
public interface StateStore {
    /** The value of a key and what is needed to replace it. */
    Versioned get(String key);

    /** The values of many keys in one round trip; every key asked for is in the answer. */
    Map<String, Versioned> getAll(Collection<String> keys);

    /**
     * Replaces the value if the key is still as it was seen.
     *
     * @param value a JSON text; Dapr refuses others
     * @param timeToLive after which the store may forget the key
     * @return whether it was written. After {@code false} and after an exception alike nobody knows what is in the
     *     store: the caller reads again
     */
    boolean write(String key, String value, Versioned seen, Duration timeToLive);

    /**
     * What a key held.
     *
     * @param value null for a key that does not exist
     * @param version the store's own mark of this value; null for a key that does not exist
     */
    record Versioned(@Nullable String value, @Nullable String version) {
        public static final Versioned ABSENT = new Versioned(null, null);
    }
}
