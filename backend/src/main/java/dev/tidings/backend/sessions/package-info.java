/**
 * Tutoring sessions as students and trainers see them (R-PF-7): the uncached list, and the completion by the trainer. Each sees
 * their own sessions only; those of others do not exist.
 *
 * <p>Completing locks the purchase first, like all that changes an allocation's sessions, then writes the session, the progress
 * of its allocation and the event in one transaction. A session may be completed before its time: trainers and students can agree
 * on another hour without us. Completing it again changes nothing and makes no event.
 */
@NullMarked
package dev.tidings.backend.sessions;

import org.jspecify.annotations.NullMarked;
