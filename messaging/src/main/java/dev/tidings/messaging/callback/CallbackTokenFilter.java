package dev.tidings.messaging.callback;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers 401 to every request that the own sidecar did not send. Map it to the callback paths.
 *
 * <p>The sidecar shows its token on calls of other apps too, so the token alone does not make a callback: {@link
 * InvocationFilter} must stand before this filter.
 *
 * <p>A sidecar that is refused (a wrong token in the deployment) repeats the event, since 401 is an error to it: nothing is
 * lost by the misconfiguration.
 */
public final class CallbackTokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient AppToken token;

    /**
     * @param token what the sidecar was given as {@code APP_API_TOKEN}
     * @throws IllegalArgumentException if it is blank: a service that wants its callbacks open leaves the filter out
     */
    public CallbackTokenFilter(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException(
                    "no callback token: set APP_API_TOKEN to the same random text for the app and its sidecar");
        }
        this.token = new AppToken(token);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean unknownSender = !Invocation.isMarked(request) && Invocation.isForwarded(request);
        if (token.isShownBy(request) && !unknownSender) {
            chain.doFilter(request, response);
            return;
        }
        Refusal.write(request, response, 401, "Unauthorized", "only this app's sidecar may call here", reason(request));
    }

    private String reason(HttpServletRequest request) {
        if (token.isShownBy(request)) {
            return "it was forwarded, and its caller is unknown";
        }
        String state = request.getHeader(AppToken.HEADER) == null ? "missing" : "another one";
        return "its %s is %s; app and sidecar need the same APP_API_TOKEN".formatted(AppToken.HEADER, state);
    }
}
