/**
 * The reusable half of reliability: what a service needs so that a committed event always leaves (R-PF-10).
 *
 * <ul>
 *   <li>{@code outbox}: an event is written in the transaction that causes it; a relay publishes it after the commit.
 *   <li>{@code publishing}: how an event becomes a CloudEvent and goes through Dapr to the bus.
 *   <li>{@code inbox}: an event is accepted once per consumer, in the transaction of its effect.
 *   <li>{@code callback}: lets only the sidecar call the paths that are meant for it.
 *   <li>{@code logs}: the logging configuration of the services, which escapes messages.
 * </ul>
 *
 * <p>Dependencies: {@code outbox} uses {@code publishing}; {@code inbox}, {@code callback} and {@code logs} stand alone. Nothing here knows a
 * business event, and nothing is found by classpath scanning: a service wires the parts itself.
 *
 * <p>The outbox's tables come from {@code classpath:dev/tidings/messaging/migration}, which each service that writes events
 * adds to its Flyway locations; the inbox's from {@code classpath:dev/tidings/messaging/inbox/migration}, which the backend adds.
 * A service's own migrations and these share one history, so all versions are dates ({@code V20261121_1}).
 */
@NullMarked
package dev.tidings.messaging;

import org.jspecify.annotations.NullMarked;
