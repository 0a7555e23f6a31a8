/**
 * The backend: the HTTP API and its data (R-TK-1), a monolith with one package per feature.
 *
 * <p>Features: {@code tasks}; {@code orders} with {@code products}; {@code notifications}; {@code audit}; for tutoring {@code courses},
 * {@code trainers}, {@code payments}, {@code allocations}, {@code sessions} and the screens of {@code home}; for operators {@code
 * deadletters}, {@code connections}, {@code journeys} and {@code overview}; {@code pages} for browsers. Shared by features: {@code
 * identity} (authentication), {@code requests} (bodies and ids), {@code lists} (pages of lists), {@code idempotency} (repeated writes),
 * {@code operatorlog} (the record of what operators do). {@code publishing} wires outbox, relay and
 * sidecar; {@code demo} fills an empty system.
 *
 * <p>Features do not depend on each other, with these exceptions: features that may free a trainer wake {@code allocations}, features that
 * change sessions invalidate the screens of {@code home}, and {@code orders} reads {@code products}. Shared packages do not depend on
 * features. A test enforces both. Each request runs on a virtual thread of its own. Each change is one database transaction that
 * also appends its event to the outbox.
 */
@NullMarked
package dev.tidings.backend;

import org.jspecify.annotations.NullMarked;
