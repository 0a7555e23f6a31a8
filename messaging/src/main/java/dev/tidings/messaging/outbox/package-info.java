/**
 * The transactional outbox and its relay: an event leaves if and only if its transaction committed.
 *
 * <h2>Writing</h2>
 *
 * {@link dev.tidings.messaging.outbox.Outbox#append} writes a row in the caller's transaction, which first locked the
 * aggregate the event speaks of. After the commit it wakes the relay.
 *
 * <h2>Publishing</h2>
 *
 * One thread per process runs {@code claim → publish → mark}. What waits is read and sent as one bulk per topic, so batches
 * form by themselves under load, and a lonely event does not wait for company. No transaction and no row lock is open while
 * the sidecar is called.
 *
 * <h2>Order and repeats</h2>
 *
 * A <i>lane</i> is a (topic, key). A relay sends the events of a lane in the order of {@code position}, and none before the
 * bus has the earlier ones. So what consumers see, after they dropped repeats by (source, id), is in order, <b>even when
 * two relays work on the same lane</b>: whoever sends the second event saw the first one sent. Leases of slots (hashes of the
 * key) are there so that this waste is rare, not to keep it right; that is why a relay that was frozen past its lease does no
 * harm, and why marking needs no fencing token. A crash between publish and mark repeats events with the ids they had.
 *
 * <p>One case is left out: a broker that refuses an event and takes a later one of the same lane in the same bulk swaps the two.
 * Only one event per lane and bulk would prevent it, which every burst of one user would pay for; and what a broker refuses of a
 * bulk is what is too large, which does not get into the outbox.
 *
 * <p>Position is given at the insert, so two transactions of one key that overlap in time leave in the order of their
 * <i>commits</i>, as far as the relay sees it; whoever needs more locks the aggregate first.
 *
 * <h2>Trouble</h2>
 *
 * {@link dev.tidings.messaging.outbox.RelaySchedule} decides, as a pure function of results, time and randomness: a bulk that
 * fails is halved until the event at fault is alone; that event stops its lane, which is tried alone, with exponential
 * backoff, for ever; other lanes go on. A lane is never skipped and nothing is thrown away: an operator sees {@code attempts}
 * and {@code last_error} on the row, and may repair or delete it. When the sidecar is away, the topic pauses as a whole and no
 * lane is blamed. Events too large for the bus are refused at {@code append}, where their author notices.
 *
 * <h2>Threads and lifecycle</h2>
 *
 * {@code Outbox} is safe for any thread. {@code OutboxRelay} owns the relay's thread and that of the
 * {@code RelayNotifier}, which carries "something waits for you" between replicas (LISTEN/NOTIFY outside of
 * business transactions, where NOTIFY would serialise their commits). Polling backs up every wake-up. {@code RelayLifecycle} starts
 * and stops it with its service.
 */
@NullMarked
package dev.tidings.messaging.outbox;

import org.jspecify.annotations.NullMarked;
