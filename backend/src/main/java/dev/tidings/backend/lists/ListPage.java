package dev.tidings.backend.lists;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one page of a list.
 *
 * @param nextCursor cursor of the next page; null at the end of the list
 */
public record ListPage<T>(List<T> items, @Nullable String nextCursor) {}
