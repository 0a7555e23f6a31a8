package dev.tidings.websocket.socket;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An upgrade request written byte by byte, for requests that no HTTP library would send. */
final class RawUpgrade implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;
    private final String head;
    private int dripped;

    private RawUpgrade(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        StringBuilder text = new StringBuilder();
        try {
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) in.readUnsignedByte());
            }
        } catch (EOFException | SocketException ended) {
            // Whatever came before is the answer.
        }
        this.head = text.toString();
    }

    /** The lines of a correct request, with {@code %s} for the request target's query. */
    static String request(URI endpoint, String query, String... moreHeaders) {
        return lines(
                "GET /ws" + query + " HTTP/1.1",
                "Host: " + endpoint.getAuthority(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                String.join("\r\n", moreHeaders));
    }

    private static String lines(String... lines) {
        String text = String.join("\r\n", lines);
        return text.endsWith("\r\n") ? text + "\r\n" : text + "\r\n\r\n";
    }

    static RawUpgrade send(URI endpoint, String request) {
        try {
            Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            } catch (SocketException ended) {
                // The server may answer and close before it has read a request that is too large.
            }
            return new RawUpgrade(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer's status; 0 if the server closed without one. */
    int status() {
        return head.startsWith("HTTP/1.") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    boolean hasHeader(String name) {
        return head.toLowerCase(Locale.ROOT).contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
    }

    /** Whether the answer has this header with this value. */
    boolean hasHeader(String name, String value) {
        return head.toLowerCase(Locale.ROOT).contains("\r\n" + (name + ": " + value).toLowerCase(Locale.ROOT));
    }

    /** The body of an answer that is no upgrade, read to its end by its length. */
    String body() {
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        try {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next text message after an upgrade. */
    JsonNode message() {
        try {
            int opcode = in.readUnsignedByte() & 0xf;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] payload = in.readNBytes(length);
            if (opcode != 1) {
                throw new AssertionError("frame of opcode " + opcode + ", code "
                        + ((payload[0] & 0xff) << 8 | payload[1] & 0xff) + " instead of a text");
            }
            return JsonMapper.shared().readTree(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of the close frame that comes next; 1006 if the connection ends without one. */
    int closeCode() {
        try {
            int opcode = in.readUnsignedByte() & 0xf;
            byte[] payload = in.readNBytes(in.readUnsignedByte());
            return opcode == 8 && payload.length > 1 ? (payload[0] & 0xff) << 8 | payload[1] & 0xff : 1006;
        } catch (IOException e) {
            return 1006;
        }
    }

    /** Sends one byte of a text message that never ends; false once the server has cut the connection. */
    boolean drip() {
        try {
            // Fragments of one byte: first a text without FIN, then continuations, each masked with zeros.
            socket.getOutputStream().write(new byte[] {(byte) (dripped++ == 0 ? 1 : 0), (byte) 0x81, 0, 0, 0, 0, ' '});
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
