/**
 * notification-service: what happened to a user's orders and which of his tasks are due becomes notifications (R-TK-2, R-OR-4), stored
 * for the backend to list and announced for the screens.
 *
 * <p>{@code OrderNotices} says in what words, and is pure. {@code CreateNotification} writes a notification and its event, in the
 * caller's transaction.
 *
 * <p>Reminders: {@code NoteDueDate} keeps a table of due times, from the tasks' events; {@code DueTasks} looks there every second
 * for those that have come, however long the worker was away. A row is locked while it is dealt with and others pass over it, so
 * several processes share the work and each date is announced once. The task's own row has the last word: who completed, deleted
 * or moved it is not reminded, even when that event is still on its way.
 */
@NullMarked
package dev.tidings.workers.notification;

import org.jspecify.annotations.NullMarked;
