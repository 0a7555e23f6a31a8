package dev.tidings.backend.identity;

import dev.tidings.tokens.TokenSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Which tokens are good; see {@link TokenSettings}. */
@ConfigurationProperties("tidings.tokens")
record TokenProperties(String hs256Secret, String jwksUrl, String issuer, String audience, Duration clockSkew) {
    TokenSettings settings() {
        return TokenSettings.fromTexts(hs256Secret, jwksUrl, issuer, audience, clockSkew);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return settings().toString();
    }
}
