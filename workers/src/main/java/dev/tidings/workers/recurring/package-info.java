/**
 * recurring-task-service: inserts the next task of a series when a recurring task is completed (R-TK-2).
 *
 * <p>{@code Series} computes due times and is pure. {@code AddNextTask} reads the completed task from the table: if its recurrence was
 * removed or the task was deleted meanwhile, the series has ended. The next due time belongs to the series and does not depend on the time of
 * completion, so a late or repeated event leads to the same task.
 *
 * <p>Idempotent: the inbox recognizes the event and, after the retention of the inbox, the unique {@code previous_task_id} recognizes
 * the task.
 */
@NullMarked
package dev.tidings.workers.recurring;

import org.jspecify.annotations.NullMarked;
