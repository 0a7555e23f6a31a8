package dev.tidings.edge.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection whose bytes the test writes itself. For one thread. */
public final class RawHttp implements AutoCloseable {
    private final Socket socket = new Socket();

    /** @param port on the loopback interface */
    public RawHttp(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
        socket.setTcpNoDelay(true);
    }

    /** An answer; the body is missing where it is no JSON. */
    public record Answer(int status, String head, String body, JsonNode json) {
        /** The value of a header; empty if there is none. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends a request that asks to close the connection, and reads the answer. */
    public static Answer exchange(int port, String request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            http.send(request);
            http.socket.shutdownOutput();
            return http.answer(Duration.ofSeconds(10));
        }
    }

    /** @param text characters up to U+00FF, each sent as one byte */
    public RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads until the server closes the connection. */
    public Answer answer(Duration patience) throws IOException {
        String text = readToEnd(patience);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            throw new AssertionError("no answer, but: " + text);
        }
        String head = text.substring(0, end);
        String body = text.substring(end + 4);
        JsonNode json = body.startsWith("{")
                ? JsonMapper.shared().readTree(body)
                : JsonMapper.shared().missingNode();
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, body, json);
    }

    /** All that comes until the server closes the connection; fails if it does not in that time. */
    public String readToEnd(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open; so far: " + bytes, e);
        } catch (IOException reset) {
            // The bytes before a reset count.
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server has ended the connection; passes over an answer. */
    public boolean isEnded() throws IOException {
        socket.setSoTimeout(10);
        try {
            while (socket.getInputStream().read() >= 0) {
                socket.setSoTimeout(10);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
