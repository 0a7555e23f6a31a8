package dev.tidings.messaging.callback;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers 403 to every call of another app (Dapr service invocation) that is not in the list. Map it to all paths, before every
 * other filter.
 *
 * <p>In a cluster the access control policy of {@code dapr-components/access-control.yaml} refuses the same calls at the sidecar,
 * by the caller's certificate. On one machine the sidecars have no certificates, and this filter is the only check.
 */
public final class InvocationFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /**
     * A call that is allowed.
     *
     * @param caller app id
     * @param path of the whole path, compared as sent: another spelling of it is refused
     */
    public record Allowed(String caller, String method, Pattern path) {
        /** @param path a regular expression */
        public static Allowed of(String caller, String method, String path) {
            return new Allowed(caller, method, Pattern.compile(path));
        }

        private boolean allows(HttpServletRequest request) {
            return caller.equals(Invocation.caller(request))
                    && method.equals(request.getMethod())
                    && path.matcher(request.getRequestURI()).matches();
        }
    }

    private final transient AppToken token;
    private final transient List<Allowed> allowed;

    /** @param token what the sidecar was given as {@code APP_API_TOKEN}; if it is blank, no call of another app is allowed */
    public InvocationFilter(String token, List<Allowed> allowed) {
        this.token = new AppToken(token);
        this.allowed = List.copyOf(allowed);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!Invocation.isMarked(request)
                || (token.isShownBy(request) && allowed.stream().anyMatch(call -> call.allows(request)))) {
            chain.doFilter(request, response);
            return;
        }
        Refusal.write(
                request,
                response,
                403,
                "Forbidden",
                "no app may call this path of this app",
                "app " + Invocation.caller(request) + " is not in the list of calls between apps");
    }
}
