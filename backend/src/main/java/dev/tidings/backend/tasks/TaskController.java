package dev.tidings.backend.tasks;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the tasks of the caller. */
@RestController
@RequestMapping("/api/tasks")
class TaskController {
    private static final byte[] NO_BODY = {};

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
            return WriteResult.created(URI.create("/api/tasks/" + task.id()), TaskView.of(task));
        });
    }

    @GetMapping
    ListPage<TaskView> list(Identity caller, ListRequest request) {
        return request.page(tasks.page(caller.userId(), request.before(), request.rows()), Task::id, TaskView::of);
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
                () -> WriteResult.ok(TaskView.of(existing(
                        id, tasks.change(caller.userId(), taskId, before -> TaskForm.change(body.json(), before))))));
    }

    @PostMapping("/{id}/complete")
    ResponseEntity<String> complete(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID taskId = taskId(id);
        return writes.run(
                caller,
                request,
                NO_BODY,
                () -> WriteResult.ok(TaskView.of(existing(id, tasks.complete(caller.userId(), taskId)))));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<String> delete(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID taskId = taskId(id);
        return writes.run(caller, request, NO_BODY, () -> {
            existing(id, tasks.delete(caller.userId(), taskId));
            return WriteResult.noContent();
        });
    }

    private static Task existing(String id, Optional<Task> task) {
        return task.orElseThrow(() -> noSuchTask(id));
    }

    /** A malformed id is answered like an unknown one: 404. */
    private static UUID taskId(String id) {
        return PathId.of(id).orElseThrow(() -> noSuchTask(id));
    }

    private static RuntimeException noSuchTask(String id) {
        return Problems.notFound("you have no task " + PathId.shown(id));
    }
}
