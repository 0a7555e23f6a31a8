/**
 * Lists in pages: {@code ?cursor=&limit=} in, {@code {items, nextCursor}} out, newest first by UUIDv7. A controller takes a
 * {@link dev.tidings.backend.lists.ListRequest}, asks its table for {@code limit + 1} rows, and hands them to
 * {@link dev.tidings.backend.lists.ListRequest#page}. A cursor is opaque to clients and says only where to go on; whose rows
 * may be seen is decided by each query anew. Stateless.
 */
@NullMarked
package dev.tidings.backend.lists;

import org.jspecify.annotations.NullMarked;
