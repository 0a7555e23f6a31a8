/**
 * Decides who may call a service through Dapr.
 *
 * <p>{@code InvocationFilter} stands before all paths and refuses calls of other apps (service invocation), but for a list of
 * callers, methods and paths. {@code CallbackTokenFilter} stands before the paths of pub/sub callbacks and compares the header
 * {@code dapr-api-token} with the token that was given to app and sidecar at their start ({@code APP_API_TOKEN}). Both are
 * stateless, safe for any thread, and use servlets only, without Spring.
 */
@NullMarked
package dev.tidings.messaging.callback;

import org.jspecify.annotations.NullMarked;
