package dev.tidings.systemtests.stack;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tasks API of the backend. */
public final class Tasks {

    private final URI api;

    Tasks(URI backend) {
        this.api = backend.resolve("/api/tasks");
    }

    /**
     * Creates a task.
     *
     * @return its id
     */
    public String create(String token, String title) {
        Http.Answer answer = post(token, title(title));
        if (answer.status() != 201) {
            throw new AssertionError("POST /api/tasks answered " + answer);
        }
        return answer.json().path("task_id").asString();
    }

    /**
     * Creates tasks one after the other.
     *
     * @return their titles in the order of creation: the prefix and a number
     */
    public List<String> createAll(String token, int count, String prefix) {
        List<String> titles =
                IntStream.range(0, count).mapToObj(n -> prefix + n).toList();
        titles.forEach(title -> create(token, title));
        return titles;
    }

    public Http.Answer post(String token, String json) {
        return Http.call("POST", api, token, json);
    }

    public Http.Answer list(String token) {
        return Http.get(api, token);
    }

    /** Returns the titles of all tasks of that user, the newest first. */
    public List<String> titles(String token) {
        return Pages.items(api, token).stream()
                .map(task -> task.path("title").asString())
                .toList();
    }

    public Http.Answer get(String token, String id) {
        return Http.get(at(id), token);
    }

    public Http.Answer patch(String token, String id, String json) {
        return Http.call("PATCH", at(id), token, json);
    }

    public Http.Answer complete(String token, String id) {
        return Http.call("POST", at(id + "/complete"), token, "");
    }

    public Http.Answer delete(String token, String id) {
        return Http.call("DELETE", at(id), token, "");
    }

    public static String title(String title) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        return body.put("title", title).toString();
    }

    private URI at(String rest) {
        return URI.create(api + "/" + rest);
    }
}
