package dev.tidings.charts;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a chart renders to. */
final class Manifests {

    private final List<JsonNode> all;

    Manifests(String text) {
        all = Yaml.documents(text);
    }

    List<JsonNode> ofKind(String kind) {
        return all.stream()
                .filter(resource -> resource.path("kind").asString().equals(kind))
                .toList();
    }

    JsonNode one(String kind, String name) {
        return ofKind(kind).stream()
                .filter(resource -> name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind + " is named " + name));
    }

    /** The Deployments that have a sidecar: those of our services. */
    List<JsonNode> services() {
        return ofKind("Deployment").stream()
                .filter(deployment -> !annotation(deployment, "dapr.io/app-id").isEmpty())
                .toList();
    }

    /** What helm creates and removes beside the release. */
    List<JsonNode> hooks() {
        return all.stream()
                .filter(resource -> resource.at("/metadata/annotations").has("helm.sh/hook"))
                .toList();
    }

    /** The pod templates of whatever runs pods. */
    Stream<JsonNode> pods() {
        return Stream.of("Deployment", "StatefulSet", "Job")
                .flatMap(kind -> ofKind(kind).stream())
                .map(resource -> resource.at("/spec/template"));
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asString();
    }

    /** Of the pods of a Deployment; empty if it is not there. */
    static String annotation(JsonNode deployment, String key) {
        return deployment.at("/spec/template/metadata/annotations").path(key).asString("");
    }

    static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    /** The plain value of a variable of the container; empty if it has none. */
    static String environment(JsonNode deployment, String variable) {
        return container(deployment)
                .path("env")
                .valueStream()
                .filter(entry -> entry.path("name").asString().equals(variable))
                .findFirst()
                .map(entry -> entry.path("value").asString(""))
                .orElse("");
    }
}
