package dev.tidings.websocket.access;

import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JwtSettings.class)
class AccessConfiguration {
    @Bean
    TokenVerifier tokenVerifier(JwtSettings jwt, Clock clock) {
        return TokenVerifier.of(
                TokenSettings.fromTexts(
                        jwt.hs256Secret(), jwt.jwksUrl(), jwt.issuer(), jwt.audience(), jwt.clockSkew()),
                clock);
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
