package dev.tidings.devkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The condition for a process to be ready. It is polled until it holds; an exception means not yet. */
@FunctionalInterface
public interface Readiness {

    boolean isReady(ManagedProcess process) throws IOException, InterruptedException;

    /** A server listens on the port of the loopback interface. */
    static Readiness port(int port) {
        return process -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return true;
            }
        };
    }

    /** The URL answers with 2xx. */
    static Readiness http(URI uri) {
        return process -> {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            int status =
                    HttpProbe.CLIENT.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2;
        };
    }

    /** The output since the start contains the text. */
    static Readiness logLine(String text) {
        return process -> process.logSinceStart().contains(text);
    }

    default Readiness and(Readiness other) {
        return process -> isReady(process) && other.isReady(process);
    }
}

/** One client for all probes, because each client has a selector thread. */
final class HttpProbe {

    static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private HttpProbe() {}
}
