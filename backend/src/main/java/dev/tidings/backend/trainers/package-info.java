/**
 * Trainers as administrators keep them: what they teach, and when they work in each week, in their own time zone. A trainer is
 * written as a whole; sessions that were agreed on before stay. Whoever waits for a trainer is tried after each change.
 */
@NullMarked
package dev.tidings.backend.trainers;

import org.jspecify.annotations.NullMarked;
