package dev.tidings.backend.lists;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as the API shows it.
 *
 * @param nextCursor where the next part begins; null at the end of the list
 */
public record ListPage<T>(List<T> items, @Nullable String nextCursor) {}
