package dev.tidings.charts;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.events.Topic;
import dev.tidings.topology.App;
import dev.tidings.topology.ForeignApp;
import dev.tidings.topology.ServiceCall;
import dev.tidings.topology.StateStoreComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The content of the files that repeat the topology for programs that are not in Java. */
public final class TopologyFiles {

    /** The end of the line after which a file is generated. */
    private static final String MARKER =
            "`make generated` writes what dev.tidings.topology declares. Edit the topology instead.\n";

    private static final Path COMPONENTS = ProjectRoot.find().resolve("dapr-components");
    private static final Path DATABASE = Chart.TIDINGS.resolve("files/scripts/database.sql");

    private TopologyFiles() {}

    /** Writes all of them, in the checkout of the working directory. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<Path, String> file : all().entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    static Map<Path, String> all() {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(Chart.TIDINGS.resolve("files/topology.yaml"), chart());
        putBelowMarker(files, COMPONENTS.resolve("pubsub-kafka.yaml"), pubsub());
        putBelowMarker(files, COMPONENTS.resolve("pubsub-kafka-foreign.yaml"), foreignPubsub());
        putBelowMarker(files, COMPONENTS.resolve("access-control.yaml"), policies());
        putBelowMarker(files, COMPONENTS.resolve("resiliency.yaml"), scopes(apps(App::hasDeadLetters)));
        for (StateStoreComponent store : StateStoreComponent.values()) {
            String scopes = scopes(apps(app -> app.stores().contains(store)));
            putBelowMarker(files, COMPONENTS.resolve("statestore-" + store.component() + ".yaml"), scopes);
            putBelowMarker(
                    files,
                    COMPONENTS.resolve("alternatives/statestore-" + store.component() + "-postgresql.yaml"),
                    scopes);
        }
        putBelowMarker(files, DATABASE, schemas());
        return files;
    }

    private static void putBelowMarker(Map<Path, String> files, Path file, String content) {
        String text = Yaml.text(file);
        int end = text.indexOf(MARKER);
        if (end < 0) {
            throw new AssertionError(file + " has no line that ends with: " + MARKER);
        }
        files.put(file, text.substring(0, end + MARKER.length()) + content);
    }

    private static String pubsub() {
        return topicLists(
                        Arrays.stream(App.values()).map(app -> grant(app.id(), app.publishedTopics())),
                        Arrays.stream(App.values()).map(app -> grant(app.id(), app.consumedTopics())))
                + scopes(apps(_ -> true));
    }

    private static String foreignPubsub() {
        ForeignApp[] apps = ForeignApp.values();
        return topicLists(
                        Arrays.stream(apps).map(app -> grant(app.id(), app.publishedTopics())),
                        Arrays.stream(apps).map(app -> grant(app.id(), app.consumedTopics())))
                + scopes(Arrays.stream(apps).map(ForeignApp::id).toList());
    }

    private static String topicLists(Stream<String> publishing, Stream<String> subscribing) {
        return metadata("protectedTopics", Arrays.stream(Topic.values()).map(Topic::wireName), ",")
                + metadata("publishingScopes", publishing, ";")
                + metadata("subscriptionScopes", subscribing, ";");
    }

    private static String metadata(String name, Stream<String> lines, String separator) {
        return lines.collect(
                joining(separator + "\n        ", "    - name: " + name + "\n      value: >-\n        ", "\n"));
    }

    private static String grant(String app, List<Topic> topics) {
        return topics.stream().map(Topic::wireName).collect(joining(", ", app + "=", ""));
    }

    private static String scopes(Collection<String> apps) {
        return apps.stream().map(app -> "  - " + app + "\n").collect(joining("", "scopes:\n", ""));
    }

    private static List<String> apps(Predicate<App> filter) {
        return Arrays.stream(App.values()).filter(filter).map(App::id).toList();
    }

    /** The policies of a caller hold for every app that it calls, so its calls are listed once. */
    private static String policies() {
        StringBuilder text = new StringBuilder("    policies:\n");
        Map<App, List<ServiceCall>> byCaller =
                ServiceCall.all().stream().collect(groupingBy(ServiceCall::caller, LinkedHashMap::new, toList()));
        byCaller.forEach((caller, calls) -> {
            text.append("      - appId: %s\n".formatted(caller.id()))
                    .append("        defaultAction: deny\n")
                    .append("        trustDomain: public\n")
                    .append("        namespace: default\n")
                    .append("        operations:\n");
            calls.stream()
                    .map(call -> "          - {name: %s, httpVerb: [%s], action: allow}\n"
                            .formatted(call.path(), call.method()))
                    .distinct()
                    .forEach(text::append);
        });
        return text.toString();
    }

    private static String schemas() {
        return Arrays.stream(App.values())
                .map(App::outboxSchema)
                .flatMap(Optional::stream)
                .map(schema -> "CREATE SCHEMA %s AUTHORIZATION %s;\n"
                        .formatted(schema, App.BACKEND.databaseRole().wireName()))
                .collect(joining());
    }

    /** The facts of each service that the chart's templates read; {@code values.yaml} adds what an installation may set. */
    private static String chart() {
        StringBuilder text = new StringBuilder(
                "# `make generated` writes this file from dev.tidings.topology. Edit the topology instead.\nservices:\n");
        for (App app : App.values()) {
            text.append("  ").append(app.id()).append(":\n");
            line(text, "image", app.module());
            line(text, "port", app.port());
            line(text, "databaseRole", app.databaseRole().wireName());
            line(text, "consumerGroup", app.consumerGroup());
            line(text, "fetchMinBytes", app.fetchMinBytes());
            line(text, "worker", app.isWorker());
            line(text, "redis", !app.stores().isEmpty());
            line(
                    text,
                    "invokedBy",
                    ServiceCall.to(app).stream()
                            .map(call -> call.caller().id())
                            .distinct()
                            .toList());
            line(text, "topics", names(app.consumedTopics()));
        }
        text.append("topics: ").append(names(Arrays.asList(Topic.values()))).append('\n');
        text.append("topicsWithoutAudience: ")
                .append(names(Arrays.stream(Topic.values())
                        .filter(topic -> topic.audience().isEmpty())
                        .toList()))
                .append('\n');
        return text.toString();
    }

    private static List<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::wireName).toList();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("    ").append(name).append(": ").append(value).append('\n');
    }
}
