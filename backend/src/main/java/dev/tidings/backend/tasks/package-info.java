/**
 * Tasks of users (R-TK-1).
 *
 * <p>{@code TaskController} serves HTTP, {@code TaskForm} reads requests, {@code Tasks} changes tasks, {@code TaskTable} contains the
 * SQL. Each change locks the row of the task, increments its version and appends one event to the outbox, in one transaction; a
 * change without an effect emits no event. The recurring-task-service inserts the next task when a recurring one is completed. The task
 * of another user is answered with 404.
 */
@NullMarked
package dev.tidings.backend.tasks;

import org.jspecify.annotations.NullMarked;
