/**
 * The WebSocket service: owns delivery from the event on the bus to the message on the screen (docs/architecture.md#the-way-of-an-event).
 *
 * <p>One package per part: {@code ingest} takes events from the sidecar and appends them to the {@code log} of
 * {@code stream}s; {@code cluster} tells the replicas concerned; {@code delivery} keeps the connections and catches them
 * up; {@code socket} and {@code polling} are the two ways a client reads; {@code operator} and {@code stats} show what
 * goes on. All but {@code stream} may be replaced without touching another: {@code ArchitectureTest} holds the list of
 * who may use whom.
 *
 * <p>Requests run on virtual threads, so blocking on the database is fine everywhere but in a socket's callbacks.
 */
@NullMarked
package dev.tidings.websocket;

import org.jspecify.annotations.NullMarked;
