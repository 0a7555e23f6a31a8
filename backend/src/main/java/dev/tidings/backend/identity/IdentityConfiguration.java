package dev.tidings.backend.identity;

import dev.tidings.edge.Caller;
import dev.tidings.edge.CallerRecognizer;
import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import dev.tidings.tokens.Verification.VerifiedToken;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration implements WebMvcConfigurer {

    @Bean
    static TokenSettings tokenSettings(Environment environment) {
        return Binder.get(environment).bindOrCreate(TokenSettings.PREFIX, TokenSettings.class);
    }

    @Bean
    static TokenVerifier tokenVerifier(TokenSettings settings, Clock clock) {
        return TokenVerifier.of(settings, clock);
    }

    /** Recognizes users by their tokens and attaches the result for the filter. */
    @Bean
    static CallerRecognizer callers(TokenVerifier verifier) {
        return head -> {
            String token = IdentityFilter.bearerToken(head.header(HttpHeaders.AUTHORIZATION));
            if (token == null) {
                return Caller.ANONYMOUS;
            }
            Verification verification = verifier.verify(token);
            head.attribute(IdentityFilter.VERIFICATION, verification);
            return verification instanceof VerifiedToken(Identity identity)
                    ? Caller.user(identity.userId())
                    : Caller.ANONYMOUS;
        };
    }

    @Bean
    static OpenPath healthAndMetricsAreOpen() {
        return OpenPath.forAnybody(null, "/health|/health/live|/health/ready|/metrics");
    }

    @Bean
    static FilterRegistrationBean<IdentityFilter> identityFilter(
            TokenVerifier verifier, ProblemWriter problems, ObjectProvider<OpenPath> open) {
        return new FilterRegistrationBean<>(
                new IdentityFilter(verifier, problems, open.stream().toList()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new IdentityParameter());
    }

    /** Resolves the identity that the filter attached. */
    private static final class IdentityParameter implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.nestedIfOptional().getNestedParameterType() == Identity.class;
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binderFactory) {
            Object identity = request.getAttribute(IdentityFilter.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
            if (parameter.getParameterType() == Optional.class) {
                return Optional.ofNullable(identity);
            }
            if (identity == null) {
                throw new IllegalStateException("the controller of an open path must take Optional<Identity>");
            }
            return identity;
        }
    }
}
