package dev.tidings.tokens;

import java.io.IOException;

/** Where a JWKS document (RFC 7517) comes from. */
@FunctionalInterface
interface JwksSource {
    /** The document as it stands now; blocks for a bounded time. */
    String fetch() throws IOException;
}
