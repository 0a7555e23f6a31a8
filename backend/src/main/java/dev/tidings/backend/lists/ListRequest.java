package dev.tidings.backend.lists;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The request for one page of a list.
 *
 * @param before id of the last item of the page before; null for the first page
 * @param limit maximum number of items
 */
public record ListRequest(@Nullable UUID before, int limit) {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;

    /** Parses the query parameters; null or empty ones are not set. */
    static ListRequest of(@Nullable String cursor, @Nullable String limit) {
        return new ListRequest(position(cursor), limit == null || limit.isEmpty() ? DEFAULT_LIMIT : limit(limit));
    }

    /** Returns how many rows to read: one more than the limit shows whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /** @param found at most {@link #rows} rows, newest first */
    public <R, T> ListPage<T> page(List<R> found, Function<R, UUID> id, Function<R, T> view) {
        List<R> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? ListCursor.encode(id.apply(shown.getLast())) : null;
        return new ListPage<>(shown.stream().map(view).toList(), next);
    }

    /**
     * Makes a page of a list whose query reads a bounded part of a table. The page may be short, or empty, and have a next one.
     *
     * @param readUpTo id of the last row of that part; null if the table ends there
     */
    public <R, T> ListPage<T> page(List<R> found, Function<R, UUID> id, Function<R, T> view, @Nullable UUID readUpTo) {
        ListPage<T> page = page(found, id, view);
        return page.nextCursor() == null && readUpTo != null
                ? new ListPage<>(page.items(), ListCursor.encode(readUpTo))
                : page;
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw Problems.invalid(List.of(new FieldError("limit", "must be a number from 1 to " + MAX_LIMIT)));
    }

    private static @Nullable UUID position(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        return ListCursor.decode(cursor)
                .orElseThrow(() -> Problems.invalid(
                        List.of(new FieldError("cursor", "is not a cursor of this list: start without it"))));
    }
}
