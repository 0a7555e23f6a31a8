/**
 * Notifications of users (R-OR-4): listed, counted and marked as read. The notification-service creates them from orders and due tasks;
 * this package reads its rows and sets the time of reading, which is an event for the other screens of the user. The notification of
 * another user is answered with 404.
 */
@NullMarked
package dev.tidings.backend.notifications;

import org.jspecify.annotations.NullMarked;
