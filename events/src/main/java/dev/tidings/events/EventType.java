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
    SESSION_COMPLETED("SESSION_COMPLETED", Topic.BUSINESS_EVENTS, SessionCompleted.class);

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
