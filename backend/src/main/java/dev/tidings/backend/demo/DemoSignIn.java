package dev.tidings.backend.demo;

import dev.tidings.backend.identity.OpenPath;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.Timestamps;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import dev.tidings.tokens.TokenSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Issues a token for any user and role to anybody. For demonstrations without an identity provider. */
@RestController
@ConditionalOnBooleanProperty("tidings.demo-sign-in")
class DemoSignIn {
    private static final String PATH = "/api/v1/demo/token";
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final TokenIssuer issuer;
    private final DemoHosts hosts;
    private final Clock clock;

    DemoSignIn(TokenSettings settings, @Value("${tidings.demo-hosts}") Set<String> hosts, Clock clock) {
        if (settings.hs256Secret() == null) {
            throw new IllegalStateException("TIDINGS_DEMO_SIGN_IN=true needs TIDINGS_JWT_HS256_SECRET to sign tokens");
        }
        this.issuer = TokenIssuer.hs256(settings.hs256Secret(), settings.issuer(), settings.audience(), clock);
        this.hosts = new DemoHosts(hosts);
        this.clock = clock;
    }

    @Bean
    static OpenPath demoSignInIsOpen() {
        return OpenPath.forAnybody("POST", PATH);
    }

    record TokenView(String token, String userId, String role, String expiresAt) {}

    /** Accepts only JSON and only known hosts, which a page of another origin cannot send without a preflight. */
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TokenView> issue(HttpServletRequest request, JsonBody body) {
        if (!hosts.allow(request.getServerName(), request.getHeader(HttpHeaders.ORIGIN))) {
            throw Problems.refused(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "the sign-in of the demonstration answers at localhost, and at the hosts that TIDINGS_DEMO_HOSTS names");
        }
        String user = body.json().path("user").asString("");
        String complaint = UserId.complaint(user);
        if (!complaint.isEmpty()) {
            throw invalid("user", complaint);
        }
        Role role = Role.of(body.json().path("role").asString(""))
                .orElseThrow(() -> invalid("role", "must be one of " + roles()));
        String expiresAt = Timestamps.format(clock.instant().plus(TOKEN_LIFE));
        String token = issuer.issue(user, role, TOKEN_LIFE);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new TokenView(token, user, role.wireName(), expiresAt));
    }

    private static RuntimeException invalid(String field, String message) {
        return Problems.invalid(List.of(new FieldError(field, message)));
    }

    private static String roles() {
        return Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "));
    }
}
