/**
 * Tutoring sessions of students and trainers (R-PF-7): the uncached list, and the completion by the trainer. Callers see only their own
 * sessions; those of others are answered with 404.
 *
 * <p>A completion locks the purchase, as all changes of sessions do, then writes the session, the progress of its allocation and the event
 * in one transaction. A session may be completed before its time, because trainers and students may agree on another time. Completing it
 * again changes nothing and emits no event.
 */
@NullMarked
package dev.tidings.backend.sessions;

import org.jspecify.annotations.NullMarked;
