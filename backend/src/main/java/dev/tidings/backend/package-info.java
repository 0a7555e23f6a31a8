/**
 * The backend: the HTTP API and the data behind it (R-TK-1), a monolith of one package per feature.
 *
 * <p>Features: {@code tasks}; {@code orders}, {@code notifications}, {@code audit}; of tutoring {@code courses}, {@code
 * trainers}, {@code payments}, {@code allocations}, {@code sessions} and {@code home}, the screens; for operators {@code
 * deadletters} and {@code journeys}; {@code pages}, which browsers load. What requests have in
 * common: {@code origins} (pages that may call), {@code identity} (who calls), {@code requests} (the body), {@code lists}
 * (pages), {@code idempotency} (repeats), {@code problems} (refusals). {@code publishing} wires outbox, relay and sidecar,
 * {@code demo} fills an empty system.
 *
 * <p>Features do not know each other, with two exceptions: those that may free a trainer wake {@code allocations}, and those that
 * change sessions drop the student's screens of {@code home}. Nothing that is common knows a feature. A test holds this. Every request runs on a virtual thread of its own. Every change is one database
 * transaction that also writes its event to the outbox.
 */
@NullMarked
package dev.tidings.backend;

import org.jspecify.annotations.NullMarked;
