package dev.tidings.studentcache;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A shared store of JSON texts. Safe for any thread. Each method blocks for at most the timeout of the store and throws {@link
 * CacheUnavailableException} if the store does not answer or rejects the call. A failed write may have taken place or may take place
 * later, at most once.
 */
interface CacheStore {
    /** Returns the values of the keys that exist. */
    Map<String, String> read(List<String> keys);

    /** @param timeToLive time until the key expires, in whole seconds */
    void write(String key, String json, Duration timeToLive);

    /** Writes one key and deletes others, atomically. */
    void writeAndDelete(String key, String json, Duration timeToLive, List<String> deleted);
}
