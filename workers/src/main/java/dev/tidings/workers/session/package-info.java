/**
 * session-worker (R-PF-4): ensures that a student with a trainer has seven upcoming sessions.
 *
 * <p>The backend creates all sessions of a purchase at the allocation, so usually nothing is missing. Missing sessions follow the same
 * plan ({@code dev.tidings.tutoring}): never more than the tier in total, and none while the trainer is busy. The row of the allocation is
 * locked meanwhile, so two concurrent events for it are serialized.
 */
@NullMarked
package dev.tidings.workers.session;

import org.jspecify.annotations.NullMarked;
