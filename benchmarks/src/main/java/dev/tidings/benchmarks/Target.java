package dev.tidings.benchmarks;

import dev.tidings.local.supervision.LocalState;
import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The running system that is measured: what {@code ./run} started from a checkout. */
final class Target {
    private static final String REPLICA = "websocket-service-";

    @Option(
            names = "--root",
            defaultValue = ".",
            description = "the checkout whose ./run is measured (${DEFAULT-VALUE})")
    private Path root = Path.of(".");

    String token(String user) {
        return token(user, Role.USER);
    }

    String token(String user, Role role) {
        TokenIssuer issuer = LocalStack.tokenIssuer(root.toAbsolutePath().normalize());
        return issuer.issue(user, role, Duration.ofHours(2));
    }

    URI backend() {
        int port = parts().stream()
                .filter(part -> part.name().equals("backend"))
                .findFirst()
                .orElseThrow()
                .port();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The socket's address on every replica. */
    List<URI> sockets() {
        return replicas().stream()
                .map(part -> URI.create("ws://127.0.0.1:" + part.port() + "/ws"))
                .toList();
    }

    long firstReplicaPid() {
        Long pid = replicas().getFirst().pid();
        if (pid == null) {
            throw new IllegalStateException(replicas().getFirst().name() + " is down; see ./run status");
        }
        return pid;
    }

    /** Of each part that runs. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new HashMap<>();
        for (PartStatus part : parts()) {
            Long pid = part.pid();
            if (pid != null) {
                pids.put(part.name(), pid);
            }
        }
        return pids;
    }

    private List<PartStatus> replicas() {
        return parts().stream()
                .filter(part -> part.name().matches(REPLICA + "\\d+"))
                .toList();
    }

    private List<PartStatus> parts() {
        List<PartStatus> parts = state().parts();
        if (parts.isEmpty()) {
            throw new IllegalStateException("nothing runs in " + root.toAbsolutePath() + ": start it with ./run");
        }
        return parts;
    }

    private LocalState state() {
        return LocalState.read(root.toAbsolutePath().normalize());
    }
}
