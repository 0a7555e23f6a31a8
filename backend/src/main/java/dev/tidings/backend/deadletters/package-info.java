/**
 * Dead letters (R-PF-11): events that workers gave up on are stored; an operator lists, inspects, replays or discards them.
 *
 * <p>The sidecar delivers topic {@code dead-letter-queue} to {@code DeadLetterSubscription}. The topic carries only the event; {@code
 * DeadLetters} joins it by (event source, event id) with {@code event_failure}, where the worker stored reason and attempts before it
 * gave up. Two workers may give up on the same event; each then has a dead letter of its own.
 *
 * <p>A replay ({@code Replays}) delivers the original event again to the worker that failed and to no other, by Dapr service invocation
 * of the path that its sidecar delivers to (docs/adr/0010-replay-by-redelivery.md). The inbox of the worker makes it idempotent. A
 * replayed event follows later events of its key that were processed meanwhile; the answer states their number.
 *
 * <p>A dead letter without a consumer means that the sidecar could not reach its worker. It needs no operator: {@code Redelivery}
 * delivers it again to all workers of its topic until they accept it. Workers that have processed the event report so; a worker that
 * gives up on it then has a dead letter of its own. The audit-log-service is not among them, because its sidecar retries without a limit.
 *
 * <p>A job ({@code DeadLetterJobs}, {@code JobRunner}) replays or discards all open letters of a filter in the background. One job runs at
 * a time, in one replica; its position is committed after each step. What operators do is recorded in {@code operatorlog} as well.
 *
 * <p>{@code Retention} deletes dead letters, and the rows of the inbox and of {@code event_failure} that belong to them. The inbox has a
 * longer retention, because replays rely on it.
 *
 * <p>The callback accepts only the sidecar (app token); all other paths are for operators. No transaction is open during a call. Uses
 * {@code identity}, {@code lists}, {@code requests}, {@code idempotency} and {@code operatorlog}; reads the tables of {@code
 * dev.tidings.messaging.inbox}.
 */
@NullMarked
package dev.tidings.backend.deadletters;

import org.jspecify.annotations.NullMarked;
