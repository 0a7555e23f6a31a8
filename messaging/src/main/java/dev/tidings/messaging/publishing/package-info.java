/**
 * Puts events on the bus, through the Dapr sidecar.
 *
 * <p>An event leaves as a whole CloudEvent (structured mode), since Dapr makes up id and time of anything else anew at each
 * attempt. {@code id} is the event's, {@code source} the app id, and the partition key goes beside it as metadata, which the
 * Kafka component turns into the record's key.
 *
 * <p>{@link dev.tidings.messaging.publishing.EventPublisher} is the port; what is behind it is safe for any thread and
 * blocks for at most its timeout. It keeps nothing and repeats nothing: when to try again is the relay's business. This
 * package knows no database.
 */
@NullMarked
package dev.tidings.messaging.publishing;

import org.jspecify.annotations.NullMarked;
