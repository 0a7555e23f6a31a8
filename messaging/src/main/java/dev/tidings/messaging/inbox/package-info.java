/**
 * The inbox of a consumer: an event has its effect once, however often it is delivered (R-PF-9).
 *
 * <p>{@link dev.tidings.messaging.inbox.Inbox#accept} inserts a row in the transaction of the effect. The unique key (event id,
 * event source, consumer) also serves as a lock: the second of two concurrent deliveries waits at the index until the first
 * transaction ends. So neither a prior read nor an isolation level above READ COMMITTED is needed.
 *
 * <p>All consumers share the table {@code processed_events} (R-PF-12), in the schema of the service that migrates it: {@code
 * classpath:dev/tidings/messaging/inbox/migration}, which only the backend adds to its Flyway locations. The table {@code
 * event_failure} beside it stores failures of consumers; the runtime of the workers writes it.
 *
 * <p>Safe for any thread and stateless. Uses the events of {@code dev.tidings.sidecar}; must not import business events or the outbox.
 */
@NullMarked
package dev.tidings.messaging.inbox;

import org.jspecify.annotations.NullMarked;
