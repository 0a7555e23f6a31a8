/**
 * Takes events from the sidecar into the log, then fans them out to the replicas of their recipients
 * (docs/architecture.md#the-way-of-an-event).
 *
 * <p>The sidecar delivers batches of one topic. {@link dev.tidings.websocket.ingest.EventValidator} decides on each event by the
 * routing table, as a pure function: it becomes a {@code NewEvent}, is not pushed, or is quarantined with the reason. {@link
 * dev.tidings.websocket.ingest.Ingest} appends the batch. An event is answered SUCCESS when it is committed, in the log or in the
 * quarantine; while the database is down the whole batch is answered RETRY, and its partition waits.
 *
 * <p>Cost of a batch of any size: one statement and one commit; a second statement if an event was quarantined; about 2 log₂(n)
 * statements more if the database rejects one event of n.
 *
 * <p>Runs on the virtual threads of the requests; the sidecar sends one batch of a partition at a time. Imports {@code stream} and
 * {@code cluster.peers} (the fan-out only).
 */
@NullMarked
package dev.tidings.websocket.ingest;

import org.jspecify.annotations.NullMarked;
