/**
 * Notifications of users (R-OR-4): listed, counted and marked as read. The notification-service makes them, from orders and from
 * tasks that are due; this package only reads its rows and sets when one was read, which is an event for the user's other
 * screens. A notification of somebody else does not exist.
 */
@NullMarked
package dev.tidings.backend.notifications;

import org.jspecify.annotations.NullMarked;
