package dev.tidings.sidecar.state;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store of JSON texts by key that several processes share. Any thread may call any method. Each blocks for at most the timeout of the
 * store and throws {@link StateStoreException} if the store does not answer or rejects the call.
 *
 * <p>A key of {@link #write} must not be deleted. Some stores restart their versions at 1 after a key was deleted and would accept a
 * write with an old version. A key that is no longer needed gets an empty value and a long time to live instead.
 */
public interface StateStore {
    /** Returns the value of a key and its version. */
    Versioned get(String key);

    /** Returns the values of many keys in one round trip. The result contains every requested key. */
    Map<String, Versioned> getAll(Collection<String> keys);

    /**
     * Replaces the value if the key still has the version that was read.
     *
     * @param value JSON; Dapr rejects other texts
     * @param timeToLive time after which the store may drop the key, in whole seconds
     * @return whether the value was written. After {@code false} or an exception the content of the key is unknown, and
     *     the caller reads it again
     */
    boolean write(String key, String value, Versioned seen, Duration timeToLive);

    /**
     * Attempts a {@link #write} of each of these keys in one round trip. Any number of them may be written if the result is
     * false.
     *
     * @param changes of different keys
     * @return whether all were written. After {@code false} or an exception the content of the keys is unknown
     */
    boolean writeAll(List<StateChange> changes, Duration timeToLive);

    /**
     * Writes a key, whatever it contains. After an exception the write may have taken place or may take place later, at most once.
     *
     * @param value JSON
     * @param timeToLive time after which the store drops the key, in whole seconds
     */
    void put(String key, String value, Duration timeToLive);

    /** Writes one key like {@link #put} and deletes others, atomically. The component must support transactions. */
    void putAndDelete(String key, String value, Duration timeToLive, List<String> deleted);

    /**
     * The change of one key; see {@link #write}.
     *
     * @param value JSON
     */
    record StateChange(String key, String value, Versioned seen) {}

    /**
     * The value of a key.
     *
     * @param value null for a key that does not exist
     * @param version the version of the store for this value; null for a key that does not exist
     */
    record Versioned(@Nullable String value, @Nullable String version) {
        public static final Versioned ABSENT = new Versioned(null, null);
    }
}
