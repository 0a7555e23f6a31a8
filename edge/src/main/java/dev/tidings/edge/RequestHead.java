package dev.tidings.edge;

import org.jspecify.annotations.Nullable;

/** The parts of a request that come before its body. */
public interface RequestHead {
    /** As it was sent, percent-encoded. */
    String path();

    /** As it was sent, without the question mark; empty if there is none. */
    String query();

    /** The first header of that name. */
    @Nullable
    String header(String name);

    /** Sets a request attribute that filters and controllers find again, for example the result of a verification. */
    void attribute(String name, Object value);
}
