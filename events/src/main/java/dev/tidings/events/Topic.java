package dev.tidings.events;

import java.util.Arrays;

/**
 * The Kafka topics of Tidings (DESIGN "Topics"). The partition key of an event is the id of the user or student it
 * concerns, so that all events of one user on one topic keep their order.
 */
public enum Topic {
    TASK_UPDATES("task-updates"),
    PURCHASE_CONFIRMED("purchase-confirmed"),
    PURCHASE_CREATED("purchase-created"),
    TRAINER_ALLOCATED("trainer-allocated"),
    SESSIONS_GENERATED("sessions-generated"),
    BUSINESS_EVENTS("business-events"),
    ORDER_CREATED("order.created"),
    ORDER_UPDATED("order.updated"),
    ORDER_CANCELLED("order.cancelled"),
    NOTIFICATIONS("notifications"),
    DEAD_LETTER_QUEUE("dead-letter-queue");

    /** Partitions of every topic (R-PF-8). */
    public static final int PARTITIONS = 3;

    private final String wireName;

    Topic(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the broker. */
    public String wireName() {
        return wireName;
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
