package dev.tidings.events;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka topics of Tidings, and the clients that receive their events. The partition key of an event is the id of the user or
 * student it concerns, so all events of one user on one topic keep their order.
 */
public enum Topic {
    TASK_UPDATES("task-updates", Audience.of("task_update", "/user_id").withEventTypeAt("/event_type")),
    PURCHASE_CONFIRMED("purchase-confirmed", null),
    PURCHASE_CREATED("purchase-created", Audience.ofBusinessEvents("/studentId")),
    TRAINER_ALLOCATED("trainer-allocated", Audience.ofBusinessEvents("/studentId", "/trainerId")),
    SESSIONS_GENERATED("sessions-generated", Audience.ofBusinessEvents("/studentId", "/trainerId")),
    /** Also for the events of other publishers, so every name of a user id counts (R-WS-14). */
    BUSINESS_EVENTS(
            "business-events",
            Audience.ofBusinessEvents("/studentId", "/trainerId", "/userId", "/buyerId", "/user_id")),
    ORDER_CREATED("order.created", Audience.of("order:created", "/buyerId").withRole("admin")),
    ORDER_UPDATED("order.updated", Audience.of("order:updated", "/buyerId").withRole("admin")),
    ORDER_CANCELLED(
            "order.cancelled", Audience.of("order:cancelled", "/buyerId").withRole("admin")),
    NOTIFICATIONS("notifications", Audience.of("notification", "/userId")),
    /** Events that a consumer gave up on. */
    DEAD_LETTER_QUEUE("dead-letter-queue", null);

    /** Partitions of every topic (R-PF-8). */
    public static final int PARTITIONS = 3;

    private final String wireName;
    private final @Nullable Audience audience;

    Topic(String wireName, @Nullable Audience audience) {
        this.wireName = wireName;
        this.audience = audience;
    }

    /** The name on the broker. */
    public String wireName() {
        return wireName;
    }

    /** The clients that receive the topic's events; empty if none do. */
    public Optional<Audience> audience() {
        return Optional.ofNullable(audience);
    }

    /**
     * The topic with that name on the broker.
     *
     * @throws IllegalArgumentException if Tidings has no such topic
     */
    public static Topic of(String wireName) {
        return Arrays.stream(values())
                .filter(topic -> topic.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic is named '" + wireName + "'"));
    }
}
