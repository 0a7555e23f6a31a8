package dev.tidings.websocket.stats;

import dev.tidings.tokens.TokenVerifier;
import dev.tidings.tokens.Verification.VerifiedToken;
import dev.tidings.websocket.access.RequestToken;
import dev.tidings.websocket.cluster.peers.ClusterQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /stats}; in production, user ids only to operators. */
@RestController
class StatsController {
    private final ClusterQuery cluster;
    private final TokenVerifier verifier;
    private final boolean openToAll;

    StatsController(ClusterQuery cluster, TokenVerifier verifier, Environment environment) {
        this.cluster = cluster;
        this.verifier = verifier;
        this.openToAll = !environment.acceptsProfiles(Profiles.of("production"));
    }

    @GetMapping("/stats")
    ClusterStats stats(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization)
            throws InterruptedException {
        ClusterStats stats = ClusterStats.of(cluster.countByUser());
        return openToAll || isOperator(authorization) ? stats : stats.totalsOnly();
    }

    private boolean isOperator(@Nullable String authorization) {
        return RequestToken.bearer(authorization).map(verifier::verify).stream()
                .anyMatch(verification -> verification instanceof VerifiedToken(var identity) && identity.isOperator());
    }
}
