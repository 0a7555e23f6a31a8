/**
 * The cache of home and learning screens in a Dapr state store. The backend fills it and the cache-worker invalidates it (R-PF-5,
 * R-PF-6). Both share the keys and the rule of this package.
 *
 * <p>Invariant: <em>a screen that was computed before an invalidation is never served after it.</em> A slow reader may read old data and
 * write its screen after the invalidation, so deleting entries is not enough. Each student therefore has a generation, a random text
 * under a key of its own:
 *
 * <ul>
 *   <li>an invalidation writes a new generation; the same transaction deletes the entries to free space;
 *   <li>a reader takes the generation <em>before</em> its first query and stores it in the entry;
 *   <li>an entry is served only if its generation is the current one; without a generation no entry is served.
 * </ul>
 *
 * A generation is never written twice: it is random, the client of the store does not retry (no retries in {@code
 * statestore-cache.yaml}), and it does not return after it expires or the store is emptied. The next reader then writes a new one.
 * Limitation: a store that loses acknowledged writes, such as a Redis replica that is promoted too early, may serve an outdated entry
 * until it expires.
 *
 * <p>{@link dev.tidings.studentcache.StudentCache} implements the rule. All classes are safe
 * for any thread, block for at most the given timeout per call and are stateless. An unavailable cache never fails a read: it is a miss.
 * Must not import Spring or the contents of screens.
 */
@NullMarked
package dev.tidings.studentcache;

import org.jspecify.annotations.NullMarked;
