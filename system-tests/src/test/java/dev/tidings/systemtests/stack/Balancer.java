package dev.tidings.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The one address under which pages find the replicas: a connection goes to the first of them that accepts it. */
final class Balancer implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile List<URI> replicas = List.of();

    private Balancer(ServerSocket door) {
        this.door = door;
    }

    static Balancer start() {
        try {
            Balancer balancer = new Balancer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("balancer").start(balancer::accept);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where pages connect. */
    URI socket() {
        return URI.create("ws://localhost:%d/ws".formatted(door.getLocalPort()));
    }

    /** @param replicas the preferred one first */
    void lead(List<URI> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    /** Ends all connections, without a word to either side. */
    void cut() {
        open.forEach(Balancer::end);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (SocketException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket replica = firstThatAccepts()) {
            Thread answers = Thread.ofVirtual().start(() -> pump(replica, client));
            pump(client, replica);
            answers.join();
        } catch (IOException e) {
            // nobody accepts, so this one is not accepted either
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private Socket firstThatAccepts() throws IOException {
        for (URI replica : replicas) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(replica.getHost(), replica.getPort()));
                return socket;
            } catch (IOException e) {
                socket.close();
            }
        }
        throw new IOException("no replica accepts a connection");
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // an end of one is the end of the other
        }
        end(from);
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
