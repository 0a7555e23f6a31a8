/**
 * cache-worker (R-PF-5): invalidates the cached screens of a student after changes.
 *
 * <p>Consumer group {@code cache-invalidation-workers}. The cache is not part of the database, so the invalidation precedes the
 * transaction of the inbox. A crash between the two repeats the invalidation, which costs a cache miss; the reverse order could lose an
 * invalidation. A failed invalidation is retried three times, then the event becomes a dead letter. Until then the entries expire
 * ({@code StudentCache.TIME_TO_LIVE}), and other work is not delayed.
 */
@NullMarked
package dev.tidings.workers.cache;

import org.jspecify.annotations.NullMarked;
