package dev.tidings.events;

import java.util.Arrays;
import java.util.Optional;

/**
 * The event types on the bus: wire name, topic, payload, and whether clients receive them. The wire name is the CloudEvent's
 * {@code type}.
 */
public enum EventType {
    TASK_CREATED("task.created", Topic.TASK_UPDATES, TaskEvent.class, Push.TO_AUDIENCE),
    TASK_UPDATED("task.updated", Topic.TASK_UPDATES, TaskEvent.class, Push.TO_AUDIENCE),
    TASK_COMPLETED("task.completed", Topic.TASK_UPDATES, TaskEvent.class, Push.TO_AUDIENCE),
    TASK_DELETED("task.deleted", Topic.TASK_UPDATES, TaskEvent.class, Push.TO_AUDIENCE),

    PURCHASE_CONFIRMED("PURCHASE_CONFIRMED", Topic.PURCHASE_CONFIRMED, PurchaseConfirmed.class, Push.NONE),
    PURCHASE_CREATED("PURCHASE_CREATED", Topic.PURCHASE_CREATED, PurchaseCreated.class, Push.TO_AUDIENCE),
    COURSE_ACCESS_GRANTED("COURSE_ACCESS_GRANTED", Topic.BUSINESS_EVENTS, CourseAccessGranted.class, Push.TO_AUDIENCE),
    TRAINER_ALLOCATED("TRAINER_ALLOCATED", Topic.TRAINER_ALLOCATED, TrainerAllocated.class, Push.TO_AUDIENCE),
    SESSIONS_GENERATED("SESSIONS_GENERATED", Topic.SESSIONS_GENERATED, SessionsGenerated.class, Push.TO_AUDIENCE),
    SESSION_COMPLETED("SESSION_COMPLETED", Topic.BUSINESS_EVENTS, SessionCompleted.class, Push.TO_AUDIENCE),

    ORDER_CREATED("order.created", Topic.ORDER_CREATED, OrderCreated.class, Push.TO_AUDIENCE),
    ORDER_UPDATED("order.updated", Topic.ORDER_UPDATED, OrderUpdated.class, Push.TO_AUDIENCE),
    ORDER_CANCELLED("order.cancelled", Topic.ORDER_CANCELLED, OrderCancelled.class, Push.TO_AUDIENCE),

    NOTIFICATION_CREATED("notification.created", Topic.NOTIFICATIONS, NotificationCreated.class, Push.TO_AUDIENCE),
    NOTIFICATION_READ("notification.read", Topic.NOTIFICATIONS, NotificationRead.class, Push.as("notification_read")),
    CONSOLE_SNAPSHOT("console.snapshot", Topic.NOTIFICATIONS, ConsoleSnapshot.class, Push.as("console_snapshot"));

    private final String wireName;
    private final Topic topic;
    private final Class<? extends Record> payload;
    private final Push push;

    EventType(String wireName, Topic topic, Class<? extends Record> payload, Push push) {
        this.wireName = wireName;
        this.topic = topic;
        this.payload = payload;
        this.push = push;
    }

    public String wireName() {
        return wireName;
    }

    public Topic topic() {
        return topic;
    }

    public Class<? extends Record> payload() {
        return payload;
    }

    /** Whether events of this type state that something happened, so that the audit log records them; the others are figures. */
    public boolean isBusiness() {
        return this != CONSOLE_SNAPSHOT;
    }

    /** Whether clients receive events of this type. */
    public Push push() {
        return push;
    }

    /** The type with that wire name; empty if Tidings has no such type. */
    public static Optional<EventType> find(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * The type with that wire name.
     *
     * @throws IllegalArgumentException if Tidings has no such type
     */
    public static EventType of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException("no event type is named '" + wireName + "'"));
    }
}
