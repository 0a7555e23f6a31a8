package dev.tidings.backend.connections;

import dev.tidings.backend.identity.Access;
import dev.tidings.backend.operatorlog.OperatorLog;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves open connections and rejected events to operators. */
@RestController
class ConnectionController {
    private static final String CONNECTIONS = "/api/v1/admin/connections";
    private static final String REJECTED_EVENTS = "/api/v1/admin/rejected-events";
    private static final String CLOSE = "operator.connection.close";
    private static final int MAX_CHARS = 256;

    private final SocketService sockets;
    private final OperatorLog operatorLog;
    private final JsonMapper json;

    ConnectionController(SocketService sockets, OperatorLog operatorLog, JsonMapper json) {
        this.sockets = sockets;
        this.operatorLog = operatorLog;
        this.json = json;
    }

    /** @param closed false if the connection was no longer open */
    record ClosedView(String id, boolean closed) {}

    @GetMapping(path = CONNECTIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    String list(
            Identity caller,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        return passedOn(CONNECTIONS, parameters, Set.of("user", "replica", "cursor", "limit"), authorization);
    }

    @GetMapping(path = REJECTED_EVENTS, produces = MediaType.APPLICATION_JSON_VALUE)
    String rejectedEvents(
            Identity caller,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        return passedOn(REJECTED_EVENTS, parameters, Set.of("topic", "reason", "cursor", "limit"), authorization);
    }

    /** Idempotent. The request and its outcome are recorded, each in a transaction of its own. */
    @PostMapping(CONNECTIONS + "/{id}/close")
    ClosedView close(
            Identity caller, @PathVariable String id, @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        Access.requireOperator(caller);
        UUID connection =
                PathId.of(id).orElseThrow(() -> Problems.notFound("there is no connection " + PathId.shown(id)));
        String target = connection.toString();
        operatorLog.record(caller.userId(), CLOSE, target, "requested", Map.of());
        try {
            boolean closed = json.readTree(
                            sockets.call("POST", CONNECTIONS + "/close", Map.of("id", target), authorization))
                    .path("closed")
                    .booleanValue();
            operatorLog.record(caller.userId(), CLOSE, target, closed ? "closed" : "was not open", Map.of());
            return new ClosedView(target, closed);
        } catch (ErrorResponseException e) {
            operatorLog.record(
                    caller.userId(), CLOSE, target, "failed: " + e.getBody().getDetail(), Map.of());
            throw e;
        }
    }

    private String passedOn(String path, Map<String, String> parameters, Set<String> known, String authorization) {
        Map<String, String> query = new LinkedHashMap<>(parameters);
        query.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw Problems.invalid(
                        List.of(new FieldError(PathId.abbreviated(name), "is not a filter of this list")));
            }
            if (value.length() > MAX_CHARS || value.codePoints().anyMatch(Character::isISOControl)) {
                throw Problems.invalid(List.of(new FieldError(
                        name, "must have at most %d characters and no control characters".formatted(MAX_CHARS))));
            }
        });
        query.values().removeIf(String::isEmpty);
        return sockets.call("GET", path, query, authorization);
    }
}
