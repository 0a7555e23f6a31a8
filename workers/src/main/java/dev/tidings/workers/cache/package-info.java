/**
 * cache-worker: what changed for a student is no longer served from the cache (R-PF-5).
 *
 * <p>Consumer group {@code cache-invalidation-workers}. The cache is not in the database, so its invalidation stands before the
 * inbox's transaction: first invalidate, then mark the event as processed. A crash between the two invalidates once more, which
 * costs a miss and nothing else; the other order could lose an invalidation. A cache that does not answer is tried again, three
 * times, and then the event is a dead letter: meanwhile entries end by themselves ({@code StudentCache.TIME_TO_LIVE}), and
 * nobody else waits.
 */
@NullMarked
package dev.tidings.workers.cache;

import org.jspecify.annotations.NullMarked;
