/**
 * Allocations: the trainer and the sessions of a purchase (R-PF-3).
 *
 * <h2>Auto-assign</h2>
 *
 * {@code AutoAssign} chooses a trainer by the rules of {@code dev.tidings.tutoring} and writes allocation, sessions, load and both
 * events in one transaction. It reads trainers in pages, in the order of preference, so it usually reads few; the choice among them is
 * a pure function.
 *
 * <p>The choice takes no locks. The exclusion constraint {@code no_double_booking} prevents double bookings: a booking that
 * conflicts with another one is rolled back as a whole, and the choice is repeated. The repeated choice sees the conflicting booking,
 * because the failed insert waited for its commit. So each repetition means that another booking succeeded.
 *
 * <p>Auto-assign is idempotent by purchase: a repeated call returns the same result. The row of the purchase is the lock for all
 * changes of its allocation and sessions; every writer locks it first.
 *
 * <h2>Waiting</h2>
 *
 * When no trainer is free, the allocation is stored as {@code waiting} with the reason, and the caller receives 409 with that reason as
 * {@code code}. {@code WaitingList} retries waiting purchases, oldest first, after each change that may have freed a trainer (the
 * writer wakes it after its commit) and every few seconds, for changes in other replicas.
 */
@NullMarked
package dev.tidings.backend.allocations;

import org.jspecify.annotations.NullMarked;
