/**
 * Dead letters (R-PF-11): what a worker gave up on is stored, and an operator lists, inspects, replays or discards it.
 *
 * <p>{@code DeadLetterCallback} is where the sidecar delivers topic {@code dead-letter-queue}. The bus carries the event alone, so
 * {@code DeadLetters} joins it by (event source, event id) with {@code event_failure}, where the worker wrote who failed, why and
 * how often, before it gave up. Two workers may give up on the same event: that is a dead letter for each of them.
 *
 * <p>A replay ({@code Replays}) is one more delivery of the original event to the worker that failed, and to nobody else, by Dapr
 * service invocation of the path where its sidecar delivers (docs/adr/0010-replay-by-redelivery.md). The worker's inbox makes it
 * harmless to repeat. An event that is replayed comes after those of its key that were processed meanwhile; the answer says how
 * many those are.
 *
 * <p>A dead letter that no worker has judged came about because its sidecar could not reach it (the worker was down, the sidecar
 * alive). Nobody needs to look at it: it is delivered again by itself ({@code Redelivery}) to all workers of its topic, until they
 * take it; those that have it already say so, and one that gives up on it then gets a dead letter of its own. The audit log is none
 * of them: its sidecar never gives up.
 *
 * <p>{@code Retention} takes dead letters away in the end, and with them the rows of the inbox and of {@code event_failure} that
 * could matter to one; the retention of the inbox is longer, since a replay relies on it.
 *
 * <p>The callback is the sidecar's (app token), the rest is for operators. No transaction is open across a call. Uses {@code
 * identity}, {@code lists}, {@code problems}, {@code requests} and {@code publishing}; reads the tables of {@code
 * dev.tidings.messaging.inbox}.
 */
@NullMarked
package dev.tidings.backend.deadletters;

import org.jspecify.annotations.NullMarked;
