package dev.tidings.devkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses free ports of the loopback interface. Safe for any thread.
 *
 * <p>The ports are below the range of outgoing connections (from 32768 on Linux), whose ports may be taken by a client before the server
 * starts. They come in blocks. A process reserves a block by listening on its first port until the process ends, so two processes
 * never choose the same port, and a server that restarts finds its port free. A port is returned once per process.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int BLOCK = 100;
    private static final int BLOCKS = 80;

    /** The reservations; they end with the process. */
    @GuardedBy("Ports.class")
    private static final List<ServerSocket> RESERVED = new ArrayList<>();

    @GuardedBy("Ports.class")
    private static int next;

    @GuardedBy("Ports.class")
    private static int end;

    private Ports() {}

    public static synchronized int free() {
        while (true) {
            while (next < end) {
                int port = next++;
                if (isFree(port)) {
                    return port;
                }
            }
            reserveBlock();
        }
    }

    /** Returns whether a server can listen on the port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @GuardedBy("Ports.class")
    private static void reserveBlock() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            int first = FIRST + (start + i) % BLOCKS * BLOCK;
            try {
                RESERVED.add(listen(first));
                next = first + 1;
                end = first + BLOCK;
                return;
            } catch (IOException taken) {
                // Another process has reserved the block.
            }
        }
        throw new IllegalStateException("No port from %d to %d is free".formatted(FIRST, FIRST + BLOCKS * BLOCK - 1));
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
