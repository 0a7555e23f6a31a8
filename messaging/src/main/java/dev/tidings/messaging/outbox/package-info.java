/**
 * The transactional outbox and its relay: an event is published if and only if its transaction committed.
 *
 * <h2>Writing</h2>
 *
 * {@link dev.tidings.messaging.outbox.Outbox#append} inserts a row in the transaction of the caller, which has locked the aggregate
 * that the event describes. After the commit it wakes the relay.
 *
 * <h2>Publishing</h2>
 *
 * One thread per process runs {@code claim → publish → mark}. A round publishes all due events as one bulk per topic, the topics at the
 * same time, so bulks grow under load and a single event is not delayed. A round that left nothing is not followed by another until a
 * commit wakes the relay. No transaction and no row lock is open during a call to the sidecar.
 *
 * <h2>Order and duplicates</h2>
 *
 * An <i>ordering key</i> is a (topic, partition key). A relay publishes the events of an ordering key in the order of {@code
 * position}, and publishes an event only after the broker has all earlier ones. Consumers that drop duplicates by (source, id) see
 * them in order <b>even when two relays process the same key</b>: a relay publishes the second event only if the first one is marked
 * as published. Leases of slots (hash buckets of the keys) only make such double work rare; correctness does not depend on them.
 * Therefore a relay that was frozen beyond its lease does no harm, and marking needs no fencing token. A crash between publish and mark,
 * or of PostgreSQL before the marks are on disk, publishes events again with the same ids.
 *
 * <p>One exception: a broker that rejects an event and accepts a later one of the same key in the same bulk swaps the two. To
 * prevent this, a bulk would have to contain one event per key, which would slow down every burst of one user. A broker
 * rejects single events of a bulk only for their size, and the outbox does not accept such events.
 *
 * <p>The position is assigned at the insert. Two concurrent transactions of one key are published in the order of their
 * <i>commits</i>, as far as the relay observes it; a stricter order requires a lock on the aggregate.
 *
 * <h2>Failures</h2>
 *
 * {@link dev.tidings.messaging.outbox.RelaySchedule} decides as a pure function of results, time and randomness. A bulk that
 * fails is halved until the failing event is alone. That event blocks its ordering key and is retried alone with
 * exponential backoff, without a limit; other keys continue. Events are never skipped or dropped: an operator finds {@code
 * attempts} and {@code last_error} in the row and may repair or delete it. When the sidecar is unreachable, the whole topic
 * waits and no key is blocked. {@code append} rejects events that are too large for the broker.
 *
 * <h2>Threads and lifecycle</h2>
 *
 * {@code Outbox} is safe for any thread. {@code OutboxRelay} owns the thread of the relay and those of the {@code RelayNotifier},
 * which notifies other replicas (LISTEN/NOTIFY outside of business transactions, where NOTIFY would serialise their commits).
 * Polling replaces a lost notification. {@code RelayLifecycle} starts and stops the relay with its service.
 */
@NullMarked
package dev.tidings.messaging.outbox;

import org.jspecify.annotations.NullMarked;
