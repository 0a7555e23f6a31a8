package dev.tidings.topology;

import dev.tidings.events.EventType;
import dev.tidings.events.Topic;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The facts of one app, collected in the declaration of its constant in {@link App} and not changed after that. */
final class AppFacts {
    final String id;
    final String module;
    final int port;
    final DatabaseRole databaseRole;
    final String consumerGroup;
    final Set<EventType> published = new LinkedHashSet<>();
    final Set<EventType> handled = new LinkedHashSet<>();
    final Set<Topic> consumed = new LinkedHashSet<>();
    final Set<StateStoreComponent> stores = new LinkedHashSet<>();
    RetryPolicy retryPolicy;
    boolean gathering;

    private AppFacts(
            String id,
            String module,
            int port,
            DatabaseRole databaseRole,
            String consumerGroup,
            RetryPolicy retryPolicy) {
        this.id = id;
        this.module = module;
        this.port = port;
        this.databaseRole = databaseRole;
        this.consumerGroup = consumerGroup;
        this.retryPolicy = retryPolicy;
    }

    /** An app whose id is the name of the module that it runs, and of its consumer group. */
    static AppFacts service(String id, int port, DatabaseRole role) {
        return new AppFacts(id, id, port, role, id, RetryPolicy.UNLIMITED);
    }

    static AppFacts worker(String id, int port, String consumerGroup) {
        return new AppFacts(id, App.WORKERS, port, DatabaseRole.BACKEND, consumerGroup, RetryPolicy.DEAD_LETTER);
    }

    AppFacts publishes(EventType... types) {
        published.addAll(List.of(types));
        return this;
    }

    AppFacts handles(EventType... types) {
        handled.addAll(List.of(types));
        Arrays.stream(types).map(EventType::topic).forEach(consumed::add);
        return this;
    }

    /** All events of these topics, whatever their type. */
    AppFacts consumes(Topic... topics) {
        consumed.addAll(List.of(topics));
        return this;
    }

    AppFacts uses(StateStoreComponent... used) {
        stores.addAll(List.of(used));
        return this;
    }

    /** Nobody waits for what the app does with an event. */
    AppFacts letsEventsGather() {
        gathering = true;
        return this;
    }

    AppFacts retries(RetryPolicy policy) {
        retryPolicy = policy;
        return this;
    }
}
