package dev.tidings.websocket.access;

import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    @Bean
    TokenVerifier tokenVerifier(Environment environment, Clock clock) {
        return TokenVerifier.of(Binder.get(environment).bindOrCreate(TokenSettings.PREFIX, TokenSettings.class), clock);
    }

    @Bean
    WebMvcConfigurer callers(TokenVerifier verifier) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver(verifier));
            }
        };
    }
}
