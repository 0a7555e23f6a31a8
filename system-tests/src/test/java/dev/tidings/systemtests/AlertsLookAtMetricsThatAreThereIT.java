package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R-EV-5: an alert on a metric that nobody has would never be raised. */
@OnRunningStack
class AlertsLookAtMetricsThatAreThereIT {

    private static final Pattern METRIC = Pattern.compile("\\btidings_\\w+(?=\\{)");

    private final Stack stack;

    AlertsLookAtMetricsThatAreThereIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theRunningServicesHaveEveryMetricOfTheAlerts() throws IOException {
        Set<String> wanted = METRIC.matcher(
                        Files.readString(ProjectRoot.find().resolve("charts/tidings/templates/monitoring.yaml")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wanted).hasSizeGreaterThan(5);
        String user = Users.named("alerted");
        String token = stack.tokens().of(user);
        try (SocketClient socket = stack.replica(1).connect(token)) {
            // Goes the whole way, to a screen and to workers.
            stack.tasks().create(token, "watched");
            socket.ledger().awaitTitle("watched");

            await("metrics of all alerts")
                    .untilAsserted(() -> assertThat(served()).containsAll(wanted));
        }
    }

    private Set<String> served() {
        URI worker = URI.create(
                "http://localhost:" + stack.part("notification-service").port());
        return Stream.of(
                        stack.backend(),
                        stack.replica(1).address(),
                        stack.replica(2).address(),
                        worker)
                .flatMap(service -> Http.get(service.resolve("/metrics")).body().lines())
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
    }
}
