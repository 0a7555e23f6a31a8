package dev.tidings.devkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses free ports of the loopback interface. Safe for any thread.
 *
 * <p>The ports are below the range of outgoing connections (from 32768 on Linux), whose ports may be taken by a client before the server
 * starts. A port is returned once per process and chosen at random, so conflicts with other processes are rare.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 27_999;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    public static int free() {
        for (int tries = 0; tries < LAST - FIRST; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port from %d to %d is free".formatted(FIRST, LAST));
    }

    /** Returns whether a server can listen on the port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
