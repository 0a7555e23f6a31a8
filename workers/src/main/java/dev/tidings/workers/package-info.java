/**
 * What happens after an event: a package per worker, one artifact for all. {@code TIDINGS_WORKER} is the app id and says which
 * worker a process is.
 *
 * <p>{@code runtime} turns a callback of the sidecar into a handler call, and is the only package that the workers' packages may
 * use; they do not know each other. A test holds this. Nothing here knows the backend's code: workers and backend share the
 * tables of schema {@code backend}, which the backend migrates, and what they must agree on beyond that is in modules of its own.
 */
@NullMarked
package dev.tidings.workers;

import org.jspecify.annotations.NullMarked;
