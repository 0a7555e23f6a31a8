/**
 * What {@code /health} tells (R-WS-6), and what readiness depends on.
 *
 * <p>{@code /health} names every part: {@code db}, {@code sidecar}, {@code subscription}, {@code hub},
 * {@code registry}; it is for people and alerts, and is down when one of them is.
 *
 * <p>{@code /health/live} is the process alone: a restart mends nothing that is elsewhere.
 *
 * <p>{@code /health/ready} is the database and not draining. Without the database no connection can read its tails.
 * Everything else is left out on purpose: Redis, Kafka and the sidecar serve all replicas alike, so an outage would
 * take every replica out of service at once, while connections, catch-up and polling go on without them and only get
 * slower. Existing connections do not depend on readiness.
 *
 * <p>{@code SubscriptionWatch} logs when the sidecar begins to consume events, and when it stops.
 *
 * <p>Indicators are called on request threads; none blocks longer than its short timeout. May use {@code cluster},
 * {@code delivery} and {@code sidecar}.
 */
@NullMarked
package dev.tidings.websocket.health;

import org.jspecify.annotations.NullMarked;
