package dev.tidings.topology;

import dev.tidings.events.Topic;
import java.util.List;

/**
 * Apps of other teams that Tidings admits by default. They use the component {@code pubsub-foreign}. A foreign app with topics of
 * its own needs no constant here: docs/tutorials/new-topic.md.
 */
public enum ForeignApp {
    FOREIGN_SERVICE(
            "foreign-service",
            List.of(Topic.BUSINESS_EVENTS, Topic.NOTIFICATIONS),
            List.of(
                    Topic.BUSINESS_EVENTS,
                    Topic.TASK_UPDATES,
                    Topic.ORDER_CREATED,
                    Topic.ORDER_UPDATED,
                    Topic.ORDER_CANCELLED));

    private final String id;
    private final List<Topic> published;
    private final List<Topic> consumed;

    ForeignApp(String id, List<Topic> published, List<Topic> consumed) {
        this.id = id;
        this.published = published;
        this.consumed = consumed;
    }

    public String id() {
        return id;
    }

    public List<Topic> publishedTopics() {
        return published;
    }

    public List<Topic> consumedTopics() {
        return consumed;
    }
}
