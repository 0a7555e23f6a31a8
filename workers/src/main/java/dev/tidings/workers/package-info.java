/**
 * Event handlers: one package per worker, one artifact for all. {@code TIDINGS_WORKER} is the app id and selects the worker of a process;
 * {@code TIDINGS_WORKERS} lists several for one process, as {@code ./run} has them.
 *
 * <p>{@code runtime} dispatches deliveries of the sidecar to event handlers. The packages of the workers may use only {@code runtime}, not
 * each other; a test enforces this. This module does not depend on the code of the backend. Workers and backend share the tables of
 * schema {@code backend}, which the backend migrates; rules that both apply are in modules of their own.
 */
@NullMarked
package dev.tidings.workers;

import org.jspecify.annotations.NullMarked;
