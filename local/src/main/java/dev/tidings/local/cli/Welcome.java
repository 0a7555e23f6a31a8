package dev.tidings.local.cli;

import dev.tidings.local.supervision.Durations;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.topology.ExampleSpec;
import dev.tidings.local.topology.PortPlan;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The text that is shown when all parts are up: addresses, and commands to try. */
final class Welcome {

    private static final String STORES =
            "  Stores        PostgreSQL, Redis and Kafka take every program on this machine, without authentication";

    private Welcome() {}

    static String system(StackOptions options, String sampleToken, Duration took) {
        PortPlan ports = options.ports();
        return """

                Ready after %s.

                  Pages         http://localhost:%d
                  Tasks API     http://localhost:%d/api/tasks
                %s
                %s  Health        http://localhost:%d/health, http://localhost:%d/health
                  Statistics    http://localhost:%d/stats
                  PostgreSQL    psql postgresql://postgres@localhost:%d/tidings
                  Logs          %s

                Try it: run each command in its own terminal, in this folder. Receive the events of the user ada:

                  wscat -c "ws://localhost:%d/ws?token=$(./run token ada)"%s

                Create a task; its event appears in the first terminal (npm install -g wscat installs wscat):

                  curl -sS http://localhost:%d/api/tasks -H "Authorization: Bearer $(./run token ada)" -H 'Content-Type: application/json' -d '{"title":"Write to Charles"}'

                A token of the user ada, valid for one hour:

                  %s

                Not protected, because this system is for development. All of it is refused in profile production:

                %s

                ./run status shows the parts. Ctrl-C stops them; the data stays until ./run reset.
                """.formatted(
                        Durations.inWords(took),
                        ports.backend(),
                        ports.backend(),
                        sockets(ports, options.replicas()),
                        options.has(Switch.EXAMPLES) ? examples(ports) : "",
                        ports.backend(),
                        ports.websocketService(1),
                        ports.websocketService(1),
                        ports.postgres(),
                        Problem.shown(options.logs()),
                        ports.websocketService(1),
                        options.has(Switch.INSECURE) ? withoutToken(ports) : "",
                        ports.backend(),
                        sampleToken,
                        open(options));
    }

    /** The permissions that exist in development only. */
    private static String open(StackOptions options) {
        return Stream.of(
                        options.has(Switch.INSECURE)
                                ? "  WARNING       --insecure: sockets take a bare user_id for the user, without a token"
                                : "",
                        "  Sign-in       anybody on this machine signs in to the pages as any user with any role, without a password",
                        "  Payments      students confirm their own payments without paying",
                        "  Data          courses, trainers and products are examples",
                        STORES,
                        "  Other machines reach none of this: every port listens on 127.0.0.1 only.")
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    static String infrastructure(StackOptions options, Duration took) {
        PortPlan ports = options.ports();
        return """

                Ready after %s.

                  PostgreSQL    psql postgresql://postgres@localhost:%d/tidings
                  Redis         localhost:%d
                  Kafka         localhost:%d
                  Logs          %s

                The variables that the services need are in %s, for instance:

                  set -a; . %s; set +a; dapr run -f .

                Not protected, because this system is for development:

                %s

                ./run status shows the parts. Ctrl-C stops them; the data stays until ./run reset.
                """.formatted(
                        Durations.inWords(took),
                        ports.postgres(),
                        ports.redis(),
                        ports.kafka(),
                        Problem.shown(options.logs()),
                        Problem.shown(options.shellEnvironment()),
                        Problem.shown(options.shellEnvironment()),
                        STORES);
    }

    private static String sockets(PortPlan ports, int replicas) {
        return IntStream.rangeClosed(1, replicas)
                .<String>mapToObj(replica -> "%-15s ws://localhost:%d/ws"
                        .formatted(replica == 1 ? "  Sockets" : "", ports.websocketService(replica)))
                .collect(Collectors.joining("\n"));
    }

    private static String examples(PortPlan ports) {
        return """
                  Examples      http://localhost:%d/announcements (Python), http://localhost:%d/purchases (Node); see examples/README.md
                """.formatted(ExampleSpec.ANNOUNCEMENTS.port(ports), ExampleSpec.PURCHASE_FEED.port(ports));
    }

    private static String withoutToken(PortPlan ports) {
        return "\n\n  wscat -c \"ws://localhost:%d/ws?user_id=ada\"      (--insecure: no token needed)"
                .formatted(ports.websocketService(1));
    }
}
