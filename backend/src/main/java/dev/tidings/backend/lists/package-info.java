/**
 * Pages of lists: {@code ?cursor=&limit=} in, {@code {items, nextCursor}} out, newest first by UUIDv7. A controller takes a {@link
 * dev.tidings.backend.lists.ListRequest}, reads {@code limit + 1} rows and passes them to {@link
 * dev.tidings.backend.lists.ListRequest#page}. A cursor is opaque to clients and contains only a position; each query checks access anew.
 * Stateless.
 */
@NullMarked
package dev.tidings.backend.lists;

import org.jspecify.annotations.NullMarked;
