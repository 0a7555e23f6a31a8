/**
 * session-worker (R-PF-4): sees to it that a student with a trainer has seven sessions ahead.
 *
 * <p>The backend lays all sessions of a purchase when it allocates the trainer, so as a rule there is nothing to do. Where some are
 * missing, the same plan ({@code dev.tidings.tutoring}) says when they are; never more than the tier in all, and none where the
 * trainer is taken. The allocation's row is locked meanwhile, so two events for it count one after the other.
 */
@NullMarked
package dev.tidings.workers.session;

import org.jspecify.annotations.NullMarked;
