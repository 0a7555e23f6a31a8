/**
 * The backend: the HTTP API and the data behind it (R-TK-1), a monolith of one package per feature.
 *
 * <p>Features: {@code tasks}, {@code orders}, {@code notifications}, {@code audit}. What requests have in common: {@code identity} (who calls), {@code requests} (the body),
 * {@code lists} (pages), {@code idempotency} (repeats), {@code problems} (refusals). {@code publishing} wires outbox, relay and sidecar.
 *
 * <p>Features do not know each other, and nothing that is common knows a feature; a test holds this. Every request runs on a
 * virtual thread of its own. Every change is one database transaction that also writes its event to the outbox.
 */
@NullMarked
package dev.tidings.backend;

import org.jspecify.annotations.NullMarked;
