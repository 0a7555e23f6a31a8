/**
 * Allocations: which trainer gives the sessions of a purchase (R-PF-3).
 *
 * <h2>Auto-assign</h2>
 *
 * {@code AutoAssign} chooses a trainer by the rules of {@code dev.tidings.tutoring} and books the trainer: allocation, all
 * sessions, load and both events in one transaction. It reads trainers in the order in which the choice would take them, some at
 * a time, so that it seldom reads many; the choice among them stays the pure function's.
 *
 * <p>Nothing is locked while it chooses. That nobody is booked twice is the exclusion constraint {@code no_double_booking}: a
 * booking that finds one of its times taken is undone as a whole, and the choice is made again, which sees what was in the way,
 * since it waited for that to be committed. So each repetition means that somebody else was served.
 *
 * <p>It is idempotent by purchase: whoever calls again gets the same answer. The row of the purchase is the lock of all that
 * happens to its allocation and sessions; whoever changes them takes it first.
 *
 * <h2>Waiting</h2>
 *
 * Where nobody is free, the allocation is stored as {@code waiting} with the reason, and the caller is told 409 with that reason
 * as {@code code}. {@code WaitingList} tries those that wait again, oldest first, when something became free (it is woken by
 * whoever did it, after the commit) and every few seconds, for what other replicas did.
 */
@NullMarked
package dev.tidings.backend.allocations;

import org.jspecify.annotations.NullMarked;
