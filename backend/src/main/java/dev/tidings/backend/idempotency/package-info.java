/**
 * Idempotent writes. A client that does not know whether its request succeeded sends it again with the same {@code Idempotency-Key}
 * and receives the first answer again.
 *
 * <p>Key and answer are stored in the transaction of the write, so they exist if and only if the write was committed. A repeated request
 * that arrives during the first one waits at the row of the key. A rejected request stores no key. Keys belong to a user and expire.
 */
@NullMarked
package dev.tidings.backend.idempotency;

import org.jspecify.annotations.NullMarked;
