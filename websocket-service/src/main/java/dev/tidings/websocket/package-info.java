/**
 * The WebSocket service: delivers events from the broker to the sockets of clients (docs/architecture.md#the-way-of-an-event).
 *
 * <p>One package per part: {@code ingest} receives events from the sidecar and appends them to the {@code log} of
 * {@code stream}s; {@code cluster} fans them out to the replicas; {@code delivery} keeps the connections and lets them catch
 * up; {@code socket} and {@code polling} are the two APIs for clients; {@code operator} and {@code stats} are the APIs for
 * operators. {@code ArchitectureTest} defines which package may use which.
 *
 * <p>Requests run on virtual threads, so they may block on the database. Only write callbacks of sockets must not block.
 */
@NullMarked
package dev.tidings.websocket;

import org.jspecify.annotations.NullMarked;
