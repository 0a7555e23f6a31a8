package dev.tidings.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clients receive the events of a topic, and how the events are addressed.
 *
 * @param messageType {@code type} of the message on the socket, unless an event type names its own
 * @param recipients JSON pointers into the payload: the places where user ids may stand; every hit is a recipient
 * @param eventType JSON pointer to the place where the payload may name the event type; null if only the CloudEvent names it
 * @param alsoRole a role that receives every event beside its recipients, or null
 * @param declaredTypesOnly whether an event type that {@link EventType} does not have is kept from clients
 */
public record Audience(
        String messageType,
        List<String> recipients,
        @Nullable String eventType,
        @Nullable String alsoRole,
        boolean declaredTypesOnly) {

    public Audience {
        recipients = List.copyOf(recipients);
    }

    static Audience of(String messageType, String... recipients) {
        return new Audience(messageType, List.of(recipients), null, null, false);
    }

    /** For tutoring events: the payload's {@code type} names the event type, and only declared types are pushed (R-WS-13). */
    static Audience ofBusinessEvents(String... recipients) {
        return new Audience("business-event", List.of(recipients), "/type", null, true);
    }

    Audience withEventTypeAt(String pointer) {
        return new Audience(messageType, recipients, pointer, alsoRole, declaredTypesOnly);
    }

    Audience withRole(String role) {
        return new Audience(messageType, recipients, eventType, role, declaredTypesOnly);
    }
}
