package dev.tidings.sidecar;

import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.edge.problems.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers 401 to every request for a callback path that the own sidecar did not send.
 *
 * <p>The sidecar sends its token with calls of other apps too, so the token alone does not make a callback: {@link
 * InvocationFilter} stands before this filter.
 *
 * <p>The sidecar repeats an event that is answered 401, so a wrong token in the deployment loses nothing.
 */
final class CallbackTokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient SidecarCalls calls;
    private final transient ProblemWriter problems;

    CallbackTokenFilter(SidecarCalls calls, ProblemWriter problems) {
        this.calls = calls;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isFromUnknownApp = !SidecarCalls.isInvocation(request) && SidecarCalls.isForwarded(request);
        if (calls.hasToken(request) && !isFromUnknownApp) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(Problems.REASON, reason(request));
        problems.write(response, 401, "only this app's sidecar may call here");
    }

    private String reason(HttpServletRequest request) {
        if (calls.hasToken(request)) {
            return "it was forwarded, and its caller is unknown";
        }
        String state = request.getHeader(SidecarCalls.TOKEN) == null ? "missing" : "another one";
        return "its %s is %s; app and sidecar need the same APP_API_TOKEN".formatted(SidecarCalls.TOKEN, state);
    }
}
