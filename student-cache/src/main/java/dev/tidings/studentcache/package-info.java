/**
 * The cache of students' home and learning screens, in a Dapr state store that the backend fills and cache-worker
 * invalidates (R-PF-5, R-PF-6). What the two must agree on, keys and rule, lives here once.
 *
 * <p>Invariant: <em>what was computed before an invalidation is never served after it.</em> Between them a slow reader may
 * still write (read old data, invalidate, write old screen), so deleting entries is not enough. Each student therefore has a
 * generation, a random text under a key of its own:
 *
 * <ul>
 *   <li>to invalidate is to write a new generation; the entries are deleted in the same transaction, for tidiness only;
 *   <li>who misses takes the generation <em>before</em> the first query, and writes it into the entry;
 *   <li>an entry is served only while its generation is the student's; without a generation nothing is.
 * </ul>
 *
 * A generation is never written twice: random, never repeated by the store's client (hence no retries in {@code
 * statestore-cache.yaml}), and gone for good when it expires or the store is emptied. Then the next reader makes a new one.
 * What is left: a store that goes back in time, such as a Redis replica promoted before it had the last writes, may serve an
 * old entry until that expires.
 *
 * <p>{@link dev.tidings.studentcache.StudentCache} is the rule, {@code CacheStore} the port to the store. All is safe for any
 * thread, blocks for at most the given timeout per call, and keeps nothing in memory. A cache that is away never fails a read:
 * it is a miss. This package knows neither Spring nor what is on the screens.
 */
@NullMarked
package dev.tidings.studentcache;

import org.jspecify.annotations.NullMarked;
