package dev.tidings.backend.tasks;

import dev.tidings.backend.idempotency.Answer;
import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.problems.FieldError;
import dev.tidings.backend.problems.Problems;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tasks of the caller, over HTTP. */
@RestController
@RequestMapping("/api/tasks")
class TaskController {
    private static final int MAX_LIMIT = 100;
    private static final byte[] NO_BODY = {};
    /** {@link UUID#fromString} is content with less. */
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Tasks tasks;
    private final IdempotentWrites writes;

    TaskController(Tasks tasks, IdempotentWrites writes) {
        this.tasks = tasks;
        this.writes = writes;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(Identity caller, HttpServletRequest request, JsonBody body) {
        TaskFields fields = TaskForm.newTask(body.json());
        return writes.run(caller, request, body.bytes(), () -> {
            Task task = tasks.create(caller.userId(), fields);
            return Answer.created(URI.create("/api/tasks/" + task.id()), TaskView.of(task));
        });
    }

    @GetMapping
    TaskView.Page list(
            Identity caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "20") String limit) {
        int atMost = limit(limit);
        List<Task> found = tasks.page(caller.userId(), position(cursor), atMost + 1);
        List<Task> shown = found.subList(0, Math.min(atMost, found.size()));
        String next = found.size() > atMost ? ListCursor.encode(shown.getLast().id()) : null;
        return new TaskView.Page(shown.stream().map(TaskView::of).toList(), next);
    }

    @GetMapping("/{id}")
    TaskView read(Identity caller, @PathVariable String id) {
        return TaskView.of(existing(id, tasks.find(caller.userId(), taskId(id))));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    ResponseEntity<String> change(Identity caller, HttpServletRequest request, @PathVariable String id, JsonBody body) {
        UUID taskId = taskId(id);
        return writes.run(
                caller,
                request,
                body.bytes(),
                () -> Answer.ok(TaskView.of(existing(
                        id, tasks.change(caller.userId(), taskId, before -> TaskForm.change(body.json(), before))))));
    }

    @PostMapping("/{id}/complete")
    ResponseEntity<String> complete(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID taskId = taskId(id);
        return writes.run(
                caller,
                request,
                NO_BODY,
                () -> Answer.ok(TaskView.of(existing(id, tasks.complete(caller.userId(), taskId)))));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<String> delete(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID taskId = taskId(id);
        return writes.run(caller, request, NO_BODY, () -> {
            existing(id, tasks.delete(caller.userId(), taskId));
            return Answer.noContent();
        });
    }

    private static Task existing(String id, Optional<Task> task) {
        return task.orElseThrow(() -> noSuchTask(id));
    }

    /** What is no task id names no task. */
    private static UUID taskId(String id) {
        if (!UUID_TEXT.matcher(id).matches()) {
            throw noSuchTask(id);
        }
        return UUID.fromString(id);
    }

    private static RuntimeException noSuchTask(String id) {
        return Problems.notFound(
                id.length() <= 64 ? "you have no task '%s'".formatted(id) : "you have no task with such a long id");
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw Problems.invalid(List.of(new FieldError("limit", "must be a number from 1 to " + MAX_LIMIT)));
    }

    private static @Nullable UUID position(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        return ListCursor.decode(cursor)
                .orElseThrow(() -> Problems.invalid(
                        List.of(new FieldError("cursor", "is not one that this list gave: start without it"))));
    }
}
