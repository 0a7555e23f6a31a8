/**
 * notification-service: turns events of orders and due tasks into notifications (R-TK-2, R-OR-4), which the backend lists and screens
 * receive as events.
 *
 * <p>{@code OrderNotices} composes the texts and is pure. {@code CreateNotification} stores a notification and its event in the
 * transaction of the caller.
 *
 * <p>Reminders: {@code NoteDueDate} stores due times from the events of tasks; {@code DueTasks} claims due ones every second, including those
 * of a downtime. Claimed rows are locked and other instances skip them, so several processes share the work and each due time
 * causes one notification. The row of the task decides: a task that was completed, deleted or rescheduled causes no notification, even
 * before its event arrives.
 */
@NullMarked
package dev.tidings.workers.notification;

import org.jspecify.annotations.NullMarked;
