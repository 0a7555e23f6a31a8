/**
 * Reliable messaging on a database: a committed event always leaves (R-PF-10), and a received event has its effect once (R-PF-9).
 *
 * <ul>
 *   <li>{@code outbox}: an event is written in the transaction of its cause; a relay publishes it after the commit.
 *   <li>{@code inbox}: an event is accepted once per consumer, in the transaction of its effect.
 * </ul>
 *
 * <p>Both use {@code dev.tidings.sidecar} and do not use each other. They know no business event. A service gets an outbox and a relay
 * by auto-configuration if it names a schema ({@code tidings.outbox.schema}).
 *
 * <p>The outbox's tables come from {@code classpath:dev/tidings/messaging/migration}, which each service that publishes adds to its
 * Flyway locations; the inbox's from {@code classpath:dev/tidings/messaging/inbox/migration}, which the backend adds. A service's own
 * migrations and these share one history, so all versions are dates ({@code V20261121_1}).
 */
@NullMarked
package dev.tidings.messaging;

import org.jspecify.annotations.NullMarked;
