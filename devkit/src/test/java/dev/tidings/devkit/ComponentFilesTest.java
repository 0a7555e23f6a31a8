package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Promises of the Dapr files. {@code GeneratedFilesTest} (module charts) compares them with the topology. */
class ComponentFilesTest {

    @Test
    void theBusIsForTheAppsOfRWs12() throws IOException {
        Object scopes = component("pubsub-kafka.yaml").get("scopes");

        assertThat(new TreeSet<Object>((List<?>) scopes))
                .isEqualTo(Set.of(
                        "backend",
                        "notification-service",
                        "recurring-task-service",
                        "audit-log-service",
                        "websocket-service",
                        "purchase-worker",
                        "allocation-worker",
                        "session-worker",
                        "cache-worker"));
    }

    @Test
    void theWebSocketServicePublishesNothing() throws IOException {
        assertThat(topicsByApp(value("pubsub-kafka.yaml", "publishingScopes")).get("websocket-service"))
                .isEmpty();
    }

    @Test
    void theAlternativesGrantTheSameAppsTheSameStores() throws IOException {
        for (String store : List.of("registry", "cache")) {
            Map<String, Object> redis = component("statestore-" + store + ".yaml");
            Map<String, Object> postgres = component("alternatives/statestore-" + store + "-postgresql.yaml");

            assertThat(postgres.get("metadata")).isEqualTo(redis.get("metadata"));
            assertThat(postgres.get("scopes")).isEqualTo(redis.get("scopes"));
            assertThat(value("alternatives/statestore-" + store + "-postgresql.yaml", "keyPrefix"))
                    .isEqualTo(value("statestore-" + store + ".yaml", "keyPrefix"));
        }
    }

    @Test
    void theConfigurationsDifferInTheNameResolutionOnly() throws IOException {
        Map<String, Object> sqlite = component("config.yaml");
        Map<String, Object> mdns = component("alternatives/config-mdns.yaml");
        spec(sqlite).remove("nameResolution");
        spec(mdns).remove("nameResolution");

        assertThat(mdns).isEqualTo(sqlite);
    }

    private static Map<String, Object> component(String file) throws IOException {
        return new Yaml().load(Files.readString(folder().resolve(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> spec(Map<String, Object> component) {
        Object spec = component.get("spec");
        return spec instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String value(String file, String name) throws IOException {
        if (spec(component(file)).get("metadata") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> pair && name.equals(pair.get("name"))) {
                    return String.valueOf(pair.get("value"));
                }
            }
        }
        throw new AssertionError(file + " has no " + name);
    }

    /** {@code app=topic,topic;app=topic}, as Dapr reads it. */
    private static Map<String, Set<String>> topicsByApp(String scopes) {
        Map<String, Set<String>> topics = new TreeMap<>();
        for (String app : scopes.split(";", -1)) {
            String[] nameAndTopics = app.strip().split("=", -1);
            topics.put(nameAndTopics[0], names(nameAndTopics[1]));
        }
        return topics;
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path folder() {
        return DaprComponents.folder();
    }
}
