/**
 * Lets only the sidecar call what is meant for it.
 *
 * <p>A servlet filter before the paths of pub/sub callbacks compares the header {@code dapr-api-token} with the token that
 * was given to app and sidecar at their start ({@code APP_API_TOKEN}). Stateless, safe for any thread, without Spring.
 */
@NullMarked
package dev.tidings.messaging.callback;

import org.jspecify.annotations.NullMarked;
