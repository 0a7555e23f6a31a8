/**
 * Processes under supervision: start, restart, stop, and the state file that other programs read.
 *
 * <p><b>Lifecycle.</b> {@link dev.tidings.local.supervision.Parts} owns one folder and holds a lock on it, so there is one launcher per
 * folder. A {@link dev.tidings.local.supervision.Part} starts when the parts it needs are ready, and parts stop in the opposite order.
 * A part that dies is restarted with growing pauses; after six deaths in a row it stays down, and the others go on.
 *
 * <p><b>No orphans.</b> {@code Ledger} writes every process to {@code state.json} before anybody waits for it. The next holder of the
 * lock ends the processes that are left there and no others: a process is identified by its pid and its start time.
 *
 * <p><b>Threads.</b> One virtual thread per part supervises it. Every public method may be called from any thread.
 *
 * <p>{@link dev.tidings.local.supervision.Problem} holds the messages for the user: one line that says what happened, to what, and what
 * to do.
 *
 * <p>Must not import the other packages of this module: it does not know which parts there are.
 */
@NullMarked
package dev.tidings.local.supervision;

import org.jspecify.annotations.NullMarked;
