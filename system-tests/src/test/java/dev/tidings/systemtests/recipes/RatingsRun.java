package dev.tidings.systemtests.recipes;

import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.StackEvents;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.Patience;
import dev.tidings.tokens.Role;
import dev.tidings.topology.App;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that runs the event of the recipes through the system of a copied checkout, whose topology is on its class path. */
final class RatingsRun {

    static final String RECEIVED = "received: ";

    private RatingsRun() {}

    public static void main(String[] args) {
        Patience.setAsDefault();
        Path root = Path.of(args[0]);
        StackOptions options = StackOptions.isolated(root, root.resolve(".tidings"))
                .withReplicas(1)
                .withWorkers(List.of(App.NOTIFICATION_SERVICE, App.of("rating-worker")))
                .with(Switch.WORKERS_IN_ONE_PROCESS);
        try (LocalStack system = LocalStack.start(options, StackEvents.toStandardError())) {
            String token = system.tokenIssuer().issue("ada", Role.STUDENT, Duration.ofHours(1));
            try (SocketClient socket =
                    SocketClient.to(system.webSocket(1)).token(token).open().awaitConnected()) {
                Http.Answer rated =
                        Http.call("PUT", system.backend().resolve("/api/v1/courses/course-java/ratings/2"), token, "");
                System.out.println("rated: " + rated.status());
                await().until(() -> socket.ledger().events().size() >= 3);
                socket.ledger().events().forEach(RatingsRun::print);
            }
        }
    }

    private static void print(Message message) {
        String what = message.type().equals("notification") ? "message" : "type";
        System.out.println(RECEIVED + message.type() + " "
                + message.json().path("event").path(what).asString(""));
    }
}
