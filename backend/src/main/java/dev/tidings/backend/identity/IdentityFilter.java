package dev.tidings.backend.identity;

import dev.tidings.edge.logs.LogContext;
import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import dev.tidings.tokens.Verification.VerifiedToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;

/** Verifies the token of a request and attaches the identity of its caller, or answers 401. Open paths pass without a token. */
final class IdentityFilter extends HttpFilter {
    static final String ATTRIBUTE = Identity.class.getName();

    /** Request attribute: the result of the verification in the edge. */
    static final String VERIFICATION = Verification.class.getName();

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
        if (isOpen(request)) {
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
            case VerifiedToken(Identity identity) -> {
                request.setAttribute(ATTRIBUTE, identity);
                try (var _ = MDC.putCloseable(LogContext.USER, identity.userId())) {
                    chain.doFilter(request, response);
                }
            }
            case Expired(String detail) -> unauthorized(response, detail);
            case InvalidToken(String detail) -> unauthorized(response, detail);
            case KeysUnavailable(String detail) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                problems.write(response, 503, detail);
            }
        }
    }

    private boolean isOpen(HttpServletRequest request) {
        boolean hasToken = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        return open.stream().anyMatch(path -> path.opens(request.getMethod(), request.getRequestURI(), hasToken));
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
