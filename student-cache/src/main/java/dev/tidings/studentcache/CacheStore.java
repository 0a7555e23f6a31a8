package dev.tidings.studentcache;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Shared keys and JSON texts. Any thread may call any method; each blocks for at most the store's timeout and throws {@link
 * CacheUnavailableException} when the store is silent or refuses. After that nobody knows whether a write took place, and it
 * may still take place later, but once at most.
 */
interface CacheStore {
    /** The values of those keys that exist. */
    Map<String, String> read(List<String> keys);

    /** @param timeToLive after which the key is gone; whole seconds */
    void write(String key, String json, Duration timeToLive);

    /** Writes one key and deletes others; nobody sees the one without the other. */
    void writeAndDelete(String key, String json, Duration timeToLive, List<String> deleted);
}
