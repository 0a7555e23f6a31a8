/**
 * Authentication of callers. One filter verifies the bearer token of every request, except on the paths that an {@code OpenPath}
 * bean opens. A controller takes an {@code Identity} parameter. The features decide what a caller may do.
 *
 * <p>Deny by default: a new path needs a token unless a bean opens it. A path may accept another proof instead of a token (the
 * signature of a payment provider, the token of the sidecar): there the controller takes {@code Optional<Identity>} and must check the
 * other proof when it is empty.
 */
@NullMarked
package dev.tidings.backend.identity;

import org.jspecify.annotations.NullMarked;
