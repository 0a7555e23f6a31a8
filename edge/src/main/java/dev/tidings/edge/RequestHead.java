package dev.tidings.edge;

import org.jspecify.annotations.Nullable;

/** The parts of a request that come before its body. */
public interface RequestHead {
    /** Returns the path as sent, percent-encoded. */
    String path();

    /** Returns the query as sent, without the question mark; empty if there is none. */
    String query();

    /** Returns the first header of the name, or null. */
    @Nullable
    String header(String name);

    /** Sets a request attribute for filters and controllers, such as the result of a verification. */
    void attribute(String name, Object value);
}
