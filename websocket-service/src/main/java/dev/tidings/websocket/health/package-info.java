/**
 * {@code /health} and readiness (R-WS-6).
 *
 * <p>{@code /health} reports every component: {@code db}, {@code sidecar}, {@code subscription}, {@code hub} and
 * {@code registry}. It is for people and alerts, and is down if one of them is down.
 *
 * <p>{@code /health/live} reports the process only, because a restart does not repair other components.
 *
 * <p>{@code /health/ready} reports the database and whether the replica is draining. Without the database no connection can
 * read its tails. Redis, Kafka and the sidecar are excluded on purpose: all replicas share them, so an outage would take
 * all replicas out of service, although connections, catch-up and polling continue with a higher latency. Readiness does
 * not affect open connections.
 *
 * <p>{@code SubscriptionWatch} logs when the sidecar starts and stops consuming events.
 *
 * <p>Indicators run on request threads and block for at most their short timeout. May use {@code cluster} and
 * {@code delivery}.
 */
@NullMarked
package dev.tidings.websocket.health;

import org.jspecify.annotations.NullMarked;
