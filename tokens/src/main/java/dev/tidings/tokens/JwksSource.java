package dev.tidings.tokens;

import java.io.IOException;

/** A source of a JWKS document (RFC 7517). */
@FunctionalInterface
interface JwksSource {
    /** Returns the current document; blocks for a bounded time. */
    String fetch() throws IOException;
}
