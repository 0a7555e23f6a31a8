package dev.tidings.websocket.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Which tokens are good, as {@link dev.tidings.tokens.TokenSettings} explains; an empty text means "not set". */
@ConfigurationProperties("tidings.jwt")
record JwtSettings(
        @DefaultValue("") String hs256Secret,
        @DefaultValue("") String jwksUrl,
        @DefaultValue("tidings") String issuer,
        @DefaultValue("tidings") String audience,
        @DefaultValue("0s") Duration clockSkew) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "JwtSettings[jwksUrl=%s, issuer=%s, audience=%s]".formatted(jwksUrl, issuer, audience);
    }
}
