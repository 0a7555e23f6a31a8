package dev.tidings.devkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends one command on one connection, to probe, clear and inspect a server without a client library. */
final class RedisClient {

    private static final int TIMEOUT_MS = 5_000;

    private RedisClient() {}

    /**
     * Sends a command and returns the reply as text: one line per element of an array, nil as the empty string.
     *
     * @throws IOException also for an error reply
     */
    static String call(String host, int port, String... words) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            OutputStream out = socket.getOutputStream();
            out.write(request(words));
            out.flush();
            return reply(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static byte[] request(String... words) {
        StringBuilder request = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String reply(InputStream in) throws IOException {
        String head = line(in);
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new IOException("Redis answered " + rest);
            case '$' -> bulk(in, Integer.parseInt(rest));
            case '*' -> {
                List<String> elements = new ArrayList<>();
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    elements.add(reply(in));
                }
                yield String.join("\n", elements);
            }
            default -> throw new IOException("Not a reply of Redis: " + head);
        };
    }

    private static String bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("The reply ended early");
        }
        line(in);
        return new String(content, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        if (line.isEmpty()) {
            return " ";
        }
        return line.toString();
    }
}
