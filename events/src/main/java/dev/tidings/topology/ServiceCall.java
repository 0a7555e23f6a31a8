package dev.tidings.topology;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call that one app may make to another by Dapr service invocation. All other calls are rejected, by the sidecar in a cluster
 * ({@code access-control.yaml}) and by the called app everywhere.
 *
 * @param method HTTP method
 * @param path a full path; {@code *} at its end stands for one segment of lower-case letters, dots and hyphens
 */
public record ServiceCall(App caller, App callee, String method, String path) {

    private static final List<ServiceCall> BETWEEN_SERVICES = List.of(
            // Finds a trainer for a purchase (R-PF-3).
            new ServiceCall(App.ALLOCATION_WORKER, App.BACKEND, "POST", "/api/v1/admin/allocations/auto-assign"),
            // What happened to an event, or to the events of a user, on behalf of an operator (R-EV-5).
            new ServiceCall(App.BACKEND, App.WEBSOCKET_SERVICE, "GET", "/api/v1/admin/deliveries/event"),
            new ServiceCall(App.BACKEND, App.WEBSOCKET_SERVICE, "GET", "/api/v1/admin/deliveries/user"),
            // The lists of the operator's console, and the one action there (R-OP-1).
            new ServiceCall(App.BACKEND, App.WEBSOCKET_SERVICE, "GET", "/api/v1/admin/connections"),
            new ServiceCall(App.BACKEND, App.WEBSOCKET_SERVICE, "POST", "/api/v1/admin/connections/close"),
            new ServiceCall(App.BACKEND, App.WEBSOCKET_SERVICE, "GET", "/api/v1/admin/rejected-events"));

    /**
     * All of them. The backend replays dead letters to every worker that has a dead-letter topic (ADR 0010), and asks each app for the
     * figures of the console (ADR 0025).
     */
    public static List<ServiceCall> all() {
        Stream<ServiceCall> replays = Arrays.stream(App.values())
                .filter(App::hasDeadLetters)
                .map(worker -> new ServiceCall(App.BACKEND, worker, "POST", "/events/*"));
        Stream<ServiceCall> figures =
                Arrays.stream(App.values()).map(app -> new ServiceCall(App.BACKEND, app, "GET", "/dapr/series"));
        return Stream.of(BETWEEN_SERVICES.stream(), replays, figures)
                .flatMap(calls -> calls)
                .toList();
    }

    public static List<ServiceCall> to(App callee) {
        return all().stream().filter(call -> call.callee == callee).toList();
    }

    /** The path as a regular expression. */
    public String pathPattern() {
        return path.replace(".", "\\.").replace("*", "[a-z.-]+");
    }
}
