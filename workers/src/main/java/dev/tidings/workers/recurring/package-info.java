/**
 * recurring-task-service: when a recurring task is completed, it adds the next one of the series (R-TK-2).
 *
 * <p>{@code Series} computes dates and is pure. {@code AddNextTask} reads the completed task from the table, which is the truth: who
 * took the recurrence away or deleted the task in the meantime has ended the series. The next task is due at the series' next
 * date, however early or late this one was completed, so a completion that is processed late or twice leads to the same task.
 *
 * <p>Once: the inbox knows the event, and beyond the inbox's memory the unique {@code previous_task_id} knows the task.
 */
@NullMarked
package dev.tidings.workers.recurring;

import org.jspecify.annotations.NullMarked;
