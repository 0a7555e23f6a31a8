/**
 * Tasks of users (R-TK-1).
 *
 * <p>{@code TaskController} speaks HTTP, {@code TaskForm} reads what users send, {@code Tasks} changes tasks, {@code
 * TaskTable} holds the SQL. Each change locks the task's row, counts its version up and writes one event to the outbox, in
 * one transaction; a change that changes nothing makes no event.
 * The recurring-task-service adds a task when a recurring one is completed; this service only shows it. A task of somebody else does not exist: 404.
 */
@NullMarked
package dev.tidings.backend.tasks;

import org.jspecify.annotations.NullMarked;
