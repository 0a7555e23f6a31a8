/**
 * The inbox of a consumer: an event that is delivered any number of times has its effect once (R-PF-9).
 *
 * <p>{@link dev.tidings.messaging.inbox.Inbox#accept} writes a row in the transaction of the effect. The unique key (event id,
 * event source, consumer) makes it a lock as well: of two deliveries at the same time the second waits at the index until the
 * first has ended, so it needs no look before, and no isolation above READ COMMITTED.
 *
 * <p>All consumers share one table, {@code processed_events} (R-PF-12), in the schema of the service that migrates it:
 * {@code classpath:dev/tidings/messaging/inbox/migration}, which only the backend adds to its Flyway locations. Beside it stands
 * {@code event_failure}, what a consumer could not do; the workers' runtime writes it.
 *
 * <p>{@link dev.tidings.messaging.inbox.EventNames}: what an event is called where its own words cannot be kept.
 *
 * <p>Safe for any thread; keeps nothing. Knows neither Dapr nor a business event, and not the outbox.
 */
@NullMarked
package dev.tidings.messaging.inbox;

import org.jspecify.annotations.NullMarked;
