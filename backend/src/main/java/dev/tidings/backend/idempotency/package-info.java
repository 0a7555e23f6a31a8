/**
 * Repeated writes. A client that does not know whether its request arrived sends it again with the same {@code
 * Idempotency-Key}, and gets the first answer again.
 *
 * <p>Key and answer are written in the transaction of the write, so they exist if and only if it happened. A repeat that
 * comes while the first is under way waits at the key's row for its end. A request that was refused leaves no key. Keys
 * belong to a user, and are forgotten after some time.
 */
@NullMarked
package dev.tidings.backend.idempotency;

import org.jspecify.annotations.NullMarked;
