/**
 * Takes events from the sidecar into the log, then has them told to the replicas concerned (docs/architecture.md#the-way-of-an-event).
 *
 * <p>The sidecar posts batches of one topic to {@link dev.tidings.websocket.ingest.CallbackController}. {@link
 * dev.tidings.websocket.ingest.EventReader} decides on each event by the routing table, as a pure function: it becomes a
 * {@code NewEvent}, is passed over, or is kept aside with the reason. {@link dev.tidings.websocket.ingest.Ingest} appends
 * the batch and answers. An event is answered SUCCESS only when it is committed, in the log or among those kept aside; if
 * the database is away the whole batch is answered RETRY, the sidecar repeats it and its partition waits. There is no
 * dead-letter topic, so nothing that a client should see can be lost in one.
 *
 * <p>The subscription asks for raw payloads: the bytes as they lie in Kafka. The sidecar would otherwise parse them, turn
 * large numbers into approximate ones, and repeat a message that is no JSON for ever, so that one stray message would
 * block its partition; here it is kept aside like any other.
 *
 * <p>Cost of a batch of any size: one statement and one commit; a second statement if some event was kept aside; about
 * 2 log₂(n) statements more if the database refuses one event of n.
 *
 * <p>Runs on the virtual threads of the requests; the sidecar sends one batch at a time. Imports {@code stream}, {@code
 * cluster} (the router only) and {@code sidecar} (its token).
 */
@NullMarked
package dev.tidings.websocket.ingest;

import org.jspecify.annotations.NullMarked;
