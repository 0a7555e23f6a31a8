package dev.tidings.events;

import java.util.Arrays;

/** The event types on the bus: wire name, topic and payload. The wire name is the CloudEvent's {@code type}. */
public enum EventType {
    TASK_CREATED("task.created", Topic.TASK_UPDATES, TaskEvent.class),
    TASK_UPDATED("task.updated", Topic.TASK_UPDATES, TaskEvent.class),
    TASK_COMPLETED("task.completed", Topic.TASK_UPDATES, TaskEvent.class),
    TASK_DELETED("task.deleted", Topic.TASK_UPDATES, TaskEvent.class),

    PURCHASE_CONFIRMED("PURCHASE_CONFIRMED", Topic.PURCHASE_CONFIRMED, PurchaseConfirmed.class),
    PURCHASE_CREATED("PURCHASE_CREATED", Topic.PURCHASE_CREATED, PurchaseCreated.class),
    COURSE_ACCESS_GRANTED("COURSE_ACCESS_GRANTED", Topic.BUSINESS_EVENTS, CourseAccessGranted.class),
    TRAINER_ALLOCATED("TRAINER_ALLOCATED", Topic.TRAINER_ALLOCATED, TrainerAllocated.class),
    SESSIONS_GENERATED("SESSIONS_GENERATED", Topic.SESSIONS_GENERATED, SessionsGenerated.class),
    SESSION_COMPLETED("SESSION_COMPLETED", Topic.BUSINESS_EVENTS, SessionCompleted.class),

    ORDER_CREATED("order.created", Topic.ORDER_CREATED, OrderCreated.class),
    ORDER_UPDATED("order.updated", Topic.ORDER_UPDATED, OrderUpdated.class),
    ORDER_CANCELLED("order.cancelled", Topic.ORDER_CANCELLED, OrderCancelled.class),

    NOTIFICATION_CREATED("notification.created", Topic.NOTIFICATIONS, NotificationCreated.class),
    NOTIFICATION_READ("notification.read", Topic.NOTIFICATIONS, NotificationRead.class);

    private final String wireName;
    private final Topic topic;
    private final Class<? extends Record> payload;

    EventType(String wireName, Topic topic, Class<? extends Record> payload) {
        this.wireName = wireName;
        this.topic = topic;
        this.payload = payload;
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

    /**
     * The type with that wire name.
     *
     * @throws IllegalArgumentException if Tidings has no such type
     */
    public static EventType of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event type is named '" + wireName + "'"));
    }
}
