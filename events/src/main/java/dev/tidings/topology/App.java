package dev.tidings.topology;

import static dev.tidings.events.EventType.CONSOLE_SNAPSHOT;
import static dev.tidings.events.EventType.COURSE_ACCESS_GRANTED;
import static dev.tidings.events.EventType.NOTIFICATION_CREATED;
import static dev.tidings.events.EventType.NOTIFICATION_READ;
import static dev.tidings.events.EventType.ORDER_CANCELLED;
import static dev.tidings.events.EventType.ORDER_CREATED;
import static dev.tidings.events.EventType.ORDER_UPDATED;
import static dev.tidings.events.EventType.PURCHASE_CONFIRMED;
import static dev.tidings.events.EventType.PURCHASE_CREATED;
import static dev.tidings.events.EventType.SESSIONS_GENERATED;
import static dev.tidings.events.EventType.SESSION_COMPLETED;
import static dev.tidings.events.EventType.TASK_COMPLETED;
import static dev.tidings.events.EventType.TASK_CREATED;
import static dev.tidings.events.EventType.TASK_DELETED;
import static dev.tidings.events.EventType.TASK_UPDATED;
import static dev.tidings.events.EventType.TRAINER_ALLOCATED;

import dev.tidings.events.EventType;
import dev.tidings.events.Topic;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The apps of Tidings: each is a Dapr app id with a sidecar of its own. A new worker needs a constant here. */
public enum App {
    BACKEND(AppFacts.service("backend", 8000, DatabaseRole.BACKEND)
            .publishes(
                    TASK_CREATED,
                    TASK_UPDATED,
                    TASK_COMPLETED,
                    TASK_DELETED,
                    PURCHASE_CONFIRMED,
                    TRAINER_ALLOCATED,
                    SESSIONS_GENERATED,
                    SESSION_COMPLETED,
                    ORDER_CREATED,
                    ORDER_UPDATED,
                    ORDER_CANCELLED,
                    NOTIFICATION_READ,
                    CONSOLE_SNAPSHOT)
            .consumes(Topic.DEAD_LETTER_QUEUE)
            .uses(StateStoreComponent.CACHE)),

    WEBSOCKET_SERVICE(AppFacts.service("websocket-service", 8004, DatabaseRole.WEBSOCKET)
            .consumes(Arrays.stream(Topic.values())
                    .filter(topic -> topic.audience().isPresent())
                    .toArray(Topic[]::new))
            .uses(StateStoreComponent.REGISTRY)),

    PURCHASE_WORKER(AppFacts.worker("purchase-worker", 8010, "purchase-creation-workers")
            .handles(PURCHASE_CONFIRMED)
            .publishes(PURCHASE_CREATED, COURSE_ACCESS_GRANTED)),

    ALLOCATION_WORKER(AppFacts.worker("allocation-worker", 8011, "trainer-allocation-workers")
            .handles(PURCHASE_CREATED)),

    SESSION_WORKER(AppFacts.worker("session-worker", 8012, "session-scheduling-workers")
            .handles(TRAINER_ALLOCATED)
            .publishes(SESSIONS_GENERATED)),

    CACHE_WORKER(AppFacts.worker("cache-worker", 8013, "cache-invalidation-workers")
            .handles(PURCHASE_CREATED, TRAINER_ALLOCATED, SESSIONS_GENERATED)
            .uses(StateStoreComponent.CACHE)),

    NOTIFICATION_SERVICE(AppFacts.worker("notification-service", 8014, "notification-service")
            .handles(
                    TASK_CREATED,
                    TASK_UPDATED,
                    TASK_COMPLETED,
                    TASK_DELETED,
                    ORDER_CREATED,
                    ORDER_UPDATED,
                    ORDER_CANCELLED)
            .publishes(NOTIFICATION_CREATED)),

    RECURRING_TASK_SERVICE(AppFacts.worker("recurring-task-service", 8015, "recurring-task-service")
            .handles(TASK_COMPLETED)
            .publishes(TASK_CREATED)
            .letsEventsGather()),

    /** Records every topic and loses nothing, so it has no dead letters. */
    AUDIT_LOG_SERVICE(AppFacts.worker("audit-log-service", 8016, "audit-log-service")
            .consumes(Topic.values())
            .retries(RetryPolicy.UNLIMITED)
            .letsEventsGather());

    /** The module of all workers. */
    public static final String WORKERS = "workers";

    /** A quarter of what a fetch can return of a partition. */
    private static final int GATHERED_BYTES = 256 * 1024;

    private final AppFacts facts;

    App(AppFacts facts) {
        this.facts = facts;
    }

    /** The Dapr app id; also the {@code source} of the events that the app publishes. */
    public String id() {
        return facts.id;
    }

    /** Precedes the environment variables of one worker in a process of several, for example {@code PURCHASE_WORKER_}. */
    public String variablePrefix() {
        return facts.id.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    }

    /** The Maven module, and the container image, that the app runs. */
    public String module() {
        return facts.module;
    }

    public boolean isWorker() {
        return facts.module.equals(WORKERS);
    }

    /** The default HTTP port. */
    public int port() {
        return facts.port;
    }

    /** At Kafka (R-PF-2…5). */
    public String consumerGroup() {
        return facts.consumerGroup;
    }

    /**
     * How many bytes of events Kafka gathers before it answers a sidecar's request for more. It waits for at most half a second. For an
     * app that nobody waits for, this saves a fetch for each event; for others every event counts (1).
     */
    public int fetchMinBytes() {
        return facts.gathering ? GATHERED_BYTES : 1;
    }

    public DatabaseRole databaseRole() {
        return facts.databaseRole;
    }

    /**
     * The schema of a worker's own outbox; empty for a worker that publishes nothing, and for a service, whose outbox is in its own
     * schema.
     */
    public Optional<String> outboxSchema() {
        return isWorker() && !facts.published.isEmpty() ? Optional.of(facts.id.replace('-', '_')) : Optional.empty();
    }

    public RetryPolicy retryPolicy() {
        return facts.retryPolicy;
    }

    /** Whether events that the app gives up on go to {@link Topic#DEAD_LETTER_QUEUE}. */
    public boolean hasDeadLetters() {
        return facts.retryPolicy == RetryPolicy.DEAD_LETTER;
    }

    public Set<StateStoreComponent> stores() {
        return Collections.unmodifiableSet(facts.stores);
    }

    /** The event types that a worker has handlers for; empty for an app that takes all events of its topics. */
    public Set<EventType> handledTypes() {
        return Collections.unmodifiableSet(facts.handled);
    }

    public Set<EventType> publishedTypes() {
        return Collections.unmodifiableSet(facts.published);
    }

    /** The topics that the app's sidecar publishes to; with dead letters, {@link Topic#DEAD_LETTER_QUEUE} too. */
    public List<Topic> publishedTopics() {
        Stream<Topic> deadLetters = hasDeadLetters() ? Stream.of(Topic.DEAD_LETTER_QUEUE) : Stream.of();
        return Stream.concat(facts.published.stream().map(EventType::topic), deadLetters)
                .distinct()
                .sorted()
                .toList();
    }

    /** The topics that the app subscribes to. */
    public List<Topic> consumedTopics() {
        return facts.consumed.stream().sorted().toList();
    }

    /** The apps that run the module {@code workers}. */
    public static List<App> workers() {
        return Arrays.stream(values()).filter(App::isWorker).toList();
    }

    /** The apps that consume a topic and may give up on its events. */
    public static List<App> consumersWithDeadLetters(Topic topic) {
        return Arrays.stream(values())
                .filter(app -> app.hasDeadLetters() && app.facts.consumed.contains(topic))
                .toList();
    }

    /**
     * The app with that id.
     *
     * @throws IllegalArgumentException if Tidings has no such app
     */
    public static App of(String id) {
        return Arrays.stream(values())
                .filter(app -> app.facts.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no app has the id '" + id + "'"));
    }
}
