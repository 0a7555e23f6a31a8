package dev.tidings.benchmarks;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Users with open sockets, spread over the replicas. Thread-safe after {@link #open}. */
final class Screens implements AutoCloseable {
    private final String run;
    private final List<String> tokens = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicReference<@Nullable ReceivedMessages> current = new AtomicReference<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int copies;

    private Screens(String name, int copies) {
        this.run = name + "-" + System.nanoTime() + "-";
        this.copies = copies;
    }

    /** @param copies sockets of each user, each on the next replica; 0 for users who are offline */
    static Screens open(Stack stack, String name, int users, int copies) throws IOException {
        return open(stack, name, users, copies, 0);
    }

    /** @param firstReplica where the first socket of the first user is */
    static Screens open(Stack stack, String name, int users, int copies, int firstReplica) throws IOException {
        Screens screens = new Screens(name, copies);
        for (int n = 0; n < users; n++) {
            String token = stack.token(screens.run + n, Role.USER);
            screens.tokens.add(token);
            for (int copy = 0; copy < copies; copy++) {
                screens.sockets.add(
                        Socket.open(screens.http, stack.socket(firstReplica + n + copy), token, screens::arrived));
            }
        }
        return screens;
    }

    private void arrived(String message, long at) {
        ReceivedMessages deliveries = current.get();
        if (deliveries != null) {
            deliveries.arrived(message, at);
        }
    }

    /** Prepares a step of so many events. */
    ReceivedMessages expect(int events) {
        ReceivedMessages deliveries = new ReceivedMessages(events, copies);
        current.set(deliveries);
        return deliveries;
    }

    /** Users take turns. */
    String user(int number) {
        return run + number % tokens.size();
    }

    String token(int number) {
        return tokens.get(number % tokens.size());
    }

    long closed() {
        return sockets.stream().filter(socket -> !socket.isOpen()).count();
    }

    @Override
    public void close() {
        sockets.forEach(Socket::close);
        http.shutdownNow();
    }
}
