package dev.tidings.websocket.ingest;

import dev.tidings.events.Audience;
import dev.tidings.events.EventType;
import dev.tidings.events.Topic;
import dev.tidings.topology.App;
import dev.tidings.topology.ForeignApp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Adds a row to the routing table for every topic with an audience. The rows are default settings, so application.yaml and the
 * environment may change single fields and add rows. A row is named like its topic, without dots and hyphens.
 */
final class TopologyRoutes implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(properties());
    }

    static MapPropertySource properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            topic.audience().ifPresent(audience -> {
                String row = "tidings.routes." + topic.wireName().replaceAll("[.-]", "") + ".";
                properties.put(row + "topic", topic.wireName());
                properties.put(row + "message-type", audience.messageType());
                properties.put(row + "recipients", String.join(",", audience.recipients()));
                properties.put(row + "publishers", String.join(",", publishers(topic)));
                properties.put(row + "pushed", String.join(",", pushed(topic, audience)));
                if (audience.eventType() != null) {
                    properties.put(row + "event-type", audience.eventType());
                }
                if (audience.alsoRole() != null) {
                    properties.put(row + "also-role", audience.alsoRole());
                }
                types(topic)
                        .filter(type -> type.push().messageType() != null)
                        .forEach(type -> properties.put(
                                row + "message-types[" + type.wireName() + "]",
                                Objects.requireNonNull(type.push().messageType())));
            });
        }
        return new MapPropertySource("topology", properties);
    }

    private static List<String> publishers(Topic topic) {
        return Stream.concat(
                        Arrays.stream(App.values())
                                .filter(app -> app.publishedTopics().contains(topic))
                                .map(App::id),
                        Arrays.stream(ForeignApp.values())
                                .filter(app -> app.publishedTopics().contains(topic))
                                .map(ForeignApp::id))
                .toList();
    }

    /** The pushed event types of a topic; empty for all. A declared type is pushed from every topic with the same message type. */
    private static List<String> pushed(Topic topic, Audience audience) {
        if (!audience.declaredTypesOnly()
                && types(topic).allMatch(type -> type.push().pushed())) {
            return List.of();
        }
        return Arrays.stream(EventType.values())
                .filter(type -> type.push().pushed())
                .filter(type -> type.topic()
                        .audience()
                        .filter(other -> other.messageType().equals(audience.messageType()))
                        .isPresent())
                .map(EventType::wireName)
                .toList();
    }

    private static Stream<EventType> types(Topic topic) {
        return Arrays.stream(EventType.values()).filter(type -> type.topic() == topic);
    }
}
