/**
 * Who is calling. One filter verifies the bearer token of every request but those to {@code /health}, {@code /metrics}, the list of
 * courses, what only the sidecar calls, and the paths that a feature opens by an {@code OpenPath} bean (pages, the demo's sign-in);
 * a controller that wants to know takes an {@code Identity} parameter. What a caller may do is the features' business.
 *
 * <p>Deny by default: a new path needs a token unless the filter or such a bean names it. Two paths are named that take another proof as well
 * (a payment provider's signature, the sidecar's token): there the controller takes {@code Optional<Identity>} and must check
 * the other proof when it is empty.
 */
@NullMarked
package dev.tidings.backend.identity;

import org.jspecify.annotations.NullMarked;
