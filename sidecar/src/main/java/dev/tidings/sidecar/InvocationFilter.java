package dev.tidings.sidecar;

import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.edge.problems.Problems;
import dev.tidings.topology.ServiceCall;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers 403 to every call of another app (Dapr service invocation) that the topology does not list ({@link ServiceCall}). It stands before all other
 * filters, for all paths.
 *
 * <p>In a cluster the access control policy of {@code dapr-components/access-control.yaml} refuses such calls at the sidecar, by the
 * caller's certificate. On one machine the sidecars have no certificates, and this filter is the only check.
 */
final class InvocationFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient SidecarCalls calls;
    private final transient List<Allowed> allowed;
    private final transient ProblemWriter problems;

    /** @param path matches the whole path as it was sent, so another spelling of it is refused */
    private record Allowed(String caller, String method, Pattern path) {
        boolean allows(HttpServletRequest request, SidecarCalls calls) {
            return calls.isFrom(caller, request)
                    && method.equals(request.getMethod())
                    && path.matcher(request.getRequestURI()).matches();
        }
    }

    InvocationFilter(SidecarCalls calls, List<ServiceCall> allowed, ProblemWriter problems) {
        this.calls = calls;
        this.allowed = allowed.stream()
                .map(call -> new Allowed(call.caller().id(), call.method(), Pattern.compile(call.pathPattern())))
                .toList();
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!SidecarCalls.isInvocation(request) || allowed.stream().anyMatch(call -> call.allows(request, calls))) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(
                Problems.REASON,
                "app %s is not in the list of calls between apps".formatted(SidecarCalls.caller(request)));
        problems.write(response, 403, "no app may call this path of this app");
    }
}
