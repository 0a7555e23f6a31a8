package dev.tidings.backend.identity;

import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import dev.tidings.tokens.Verification.Accepted;
import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Lets a request in, with the identity of its caller, or answers 401. */
final class IdentityFilter extends HttpFilter {
    static final String ATTRIBUTE = Identity.class.getName();

    /** Request attribute: what the edge found when it recognized the caller. */
    static final String VERIFICATION = Verification.class.getName();

    private static final Pattern OTHER_PROOF =
            Pattern.compile("/api/v1/payments/[0-9a-fA-F-]{36}/confirm|/api/v1/admin/allocations/auto-assign");
    private static final String SCHEME = "Bearer ";
    private static final long serialVersionUID = 1L;

    private final transient TokenVerifier verifier;
    private final transient ProblemWriter problems;
    private final transient List<OpenPath> open;

    IdentityFilter(TokenVerifier verifier, ProblemWriter problems, List<OpenPath> open) {
        this.verifier = verifier;
        this.problems = problems;
        this.open = open;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isOpen(request) || isForTheSidecar(request.getRequestURI()) || mayProveOtherwise(request)) {
            chain.doFilter(request, response);
            return;
        }
        String token = bearerToken(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (token == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tidings\"");
            problems.write(response, 401, "send a token: 'Authorization: Bearer <token>'");
            return;
        }
        Verification verification =
                request.getAttribute(VERIFICATION) instanceof Verification known ? known : verifier.verify(token);
        switch (verification) {
            case Accepted(Identity identity) -> {
                request.setAttribute(ATTRIBUTE, identity);
                chain.doFilter(request, response);
            }
            case Expired(String detail) -> unauthorized(response, detail);
            case InvalidToken(String detail) -> unauthorized(response, detail);
            case KeysUnavailable(String detail) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                problems.write(response, 503, detail);
            }
        }
    }

    /** Paths that say nothing about any user. Compared as sent: whatever is spelled otherwise needs a token. */
    private boolean isOpen(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/health")
                || path.equals("/health/live")
                || path.equals("/health/ready")
                || path.equals("/metrics")
                || (path.equals("/api/v1/courses") && request.getMethod().equals("GET"))
                || open.stream().anyMatch(feature -> feature.opens(request.getMethod(), path));
    }

    /**
     * Where something other than a token is good too: a provider's signature, a call by the sidecar. Their controllers ask who
     * calls, as {@code Optional<Identity>}, and check the other proof if it is empty.
     */
    private static boolean mayProveOtherwise(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && OTHER_PROOF.matcher(request.getRequestURI()).matches();
    }

    /** Guarded by the sidecar's own token, where they are more than a list of subscriptions. */
    private static boolean isForTheSidecar(String path) {
        return path.equals("/dapr/subscribe") || path.equals("/dapr/events/dead-letter-queue");
    }

    static @Nullable String bearerToken(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private void unauthorized(HttpServletResponse response, String detail) throws IOException {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer realm=\"tidings\", error=\"invalid_token\", error_description=\"%s\""
                        .formatted(detail.replace('"', '\'')));
        problems.write(response, 401, detail);
    }
}
