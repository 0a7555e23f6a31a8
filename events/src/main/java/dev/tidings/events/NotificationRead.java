package dev.tidings.events;

/**
 * A user read a notification on one of several screens (R-WS-13).
 *
 * @param userId the user who read it, and recipient of the event
 * @param version 2
 * @param readAt ISO-8601 UTC with milliseconds
 */
public record NotificationRead(String id, String userId, long version, String readAt) {}
