package dev.tidings.websocket.operator;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.UserId;
import dev.tidings.sidecar.SidecarCalls;
import dev.tidings.tokens.Identity;
import dev.tidings.websocket.operator.OpenConnections.CloseView;
import dev.tidings.websocket.operator.OpenConnections.ConnectionPage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The open connections of the cluster, for operators. */
@RestController
@RequestMapping("/api/v1/admin/connections")
class ConnectionsController {
    private static final Logger log = LoggerFactory.getLogger(ConnectionsController.class);
    private static final int MAX_LIMIT = 100;
    private static final int MAX_NAME = 256;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final OpenConnections connections;
    private final SidecarCalls sidecarCalls;

    ConnectionsController(OpenConnections connections, SidecarCalls sidecarCalls) {
        this.connections = connections;
        this.sidecarCalls = sidecarCalls;
    }

    /** In the order of their ids. An empty parameter is no condition. */
    @GetMapping
    ConnectionPage list(
            Identity caller,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String replica,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "50") int limit)
            throws InterruptedException {
        Operators.require(caller);
        String complaint = user.isEmpty() ? "" : UserId.complaint(user);
        if (!complaint.isEmpty()) {
            throw invalid("user", "is not a user id: it " + complaint);
        }
        if (replica.length() > MAX_NAME) {
            throw invalid("replica", "must have at most " + MAX_NAME + " characters");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
        if (!cursor.isEmpty() && !ID.matcher(cursor).matches()) {
            throw invalid("cursor", "is not a cursor of this list: send the nextCursor of the previous page");
        }
        return connections.page(orNull(user), orNull(replica), cursor, limit);
    }

    /** Only for the backend, which records who closed what. */
    @PostMapping("/close")
    CloseView close(Identity caller, HttpServletRequest request, @RequestParam String id) throws InterruptedException {
        Operators.require(caller);
        if (!sidecarCalls.isFrom("backend", request)) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "close a connection by POST /api/v1/admin/connections/<id>/close of the backend, which records it");
        }
        if (!ID.matcher(id).matches()) {
            return new CloseView(false, List.of());
        }
        CloseView result = connections.close(id);
        log.info("[WebSocket] Operator {} closes connection {}: {}", caller.userId(), id, result);
        return result;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static RuntimeException invalid(String field, String message) {
        return Problems.invalid(List.of(new FieldError(field, message)));
    }
}
