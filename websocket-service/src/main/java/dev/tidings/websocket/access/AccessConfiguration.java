package dev.tidings.websocket.access;

import dev.tidings.edge.Caller;
import dev.tidings.edge.CallerRecognizer;
import dev.tidings.edge.RequestHead;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification;
import dev.tidings.tokens.Verification.VerifiedToken;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    @Bean
    TokenVerifier tokenVerifier(Environment environment, Clock clock) {
        return TokenVerifier.of(Binder.get(environment).bindOrCreate(TokenSettings.PREFIX, TokenSettings.class), clock);
    }

    /** Identifies users by their tokens. The verification is kept for the parameters of controllers. */
    @Bean
    CallerRecognizer callerRecognizer(TokenVerifier verifier) {
        return head -> token(head)
                .map(token -> {
                    Verification verification = verifier.verify(token);
                    head.attribute(CallerResolver.VERIFICATION, verification);
                    return caller(verification);
                })
                .orElse(Caller.ANONYMOUS);
    }

    /** Returns the token of a request. Only the query of an upgrade may contain one. */
    static Optional<String> token(RequestHead head) {
        String authorization = head.header(HttpHeaders.AUTHORIZATION);
        return head.path().equals(RequestToken.UPGRADE_PATH)
                ? RequestToken.ofUpgrade(authorization, head.header("Sec-WebSocket-Protocol"), head.query())
                : RequestToken.bearer(authorization);
    }

    private static Caller caller(Verification verification) {
        return verification instanceof VerifiedToken(Identity identity)
                ? Caller.user(identity.userId())
                : Caller.ANONYMOUS;
    }

    @Bean
    WebMvcConfigurer callerParameter(TokenVerifier verifier) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver(verifier));
            }
        };
    }
}
