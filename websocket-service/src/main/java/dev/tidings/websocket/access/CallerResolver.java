package dev.tidings.websocket.access;

import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import dev.tidings.tokens.Verification.Expired;
import dev.tidings.tokens.Verification.InvalidToken;
import dev.tidings.tokens.Verification.KeysUnavailable;
import dev.tidings.tokens.Verification.VerifiedToken;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves controller parameters of type {@link Identity}; rejects requests without a valid token. */
class CallerResolver implements HandlerMethodArgumentResolver {
    /** Request attribute: the verification of the token by the edge. */
    static final String VERIFICATION = Verification.class.getName();

    private final TokenVerifier verifier;

    CallerResolver(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Identity.class;
    }

    @Override
    public Identity resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String token = RequestToken.bearer(request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElseThrow(() ->
                        problem(HttpStatus.UNAUTHORIZED, "a token is required: header Authorization: Bearer <jwt>"));
        Verification verification =
                request.getAttribute(VERIFICATION, RequestAttributes.SCOPE_REQUEST) instanceof Verification known
                        ? known
                        : verifier.verify(token);
        return switch (verification) {
            case VerifiedToken(Identity identity) -> identity;
            case Expired(String detail) -> throw problem(HttpStatus.UNAUTHORIZED, detail);
            case InvalidToken(String detail) -> throw problem(HttpStatus.UNAUTHORIZED, detail);
            case KeysUnavailable(String detail) -> throw problem(HttpStatus.SERVICE_UNAVAILABLE, detail);
        };
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        ErrorResponseException problem = Problems.refused(status, detail);
        if (status == HttpStatus.UNAUTHORIZED) {
            problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return problem;
    }
}
