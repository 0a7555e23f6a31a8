package dev.tidings.systemtests.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * RFC 6455 by hand, for what no well-behaved library would send. Blocking, for one thread; reads give up after {@value
 * #READ_TIMEOUT_MILLIS} ms.
 */
public final class RawSocket implements AutoCloseable {

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final int READ_TIMEOUT_MILLIS = 30_000;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** What came in one frame. */
    public record Frame(int opcode, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame; 1005 if it has none. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Upgrades with that token in the URL. */
    public static RawSocket connect(URI socketUri, String token) {
        try {
            Socket tcp = new Socket(socketUri.getHost(), socketUri.getPort());
            tcp.setSoTimeout(READ_TIMEOUT_MILLIS);
            RawSocket socket = new RawSocket(tcp);
            socket.upgrade(socketUri, token);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole message in one frame. */
    public void send(int opcode, byte[] payload) {
        frame(true, opcode, payload, true);
    }

    public void send(int opcode, String payload) {
        send(opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param last the FIN bit
     * @param masked false breaks the protocol
     */
    public void frame(boolean last, int opcode, byte[] payload, boolean masked) {
        byte[] head = head(last, opcode, payload.length, masked);
        byte[] body = payload.clone();
        for (int i = 0; masked && i < body.length; i++) {
            body[i] ^= MASK[i % 4];
        }
        write(head, body);
    }

    /** Announces a frame of that length and sends only so much of it. */
    public void announce(int opcode, long length, int sent) {
        write(head(true, opcode, length, true), new byte[sent]);
    }

    /** The server may close the connection before it has read everything. The next {@link #read} shows that. */
    private void write(byte[] head, byte[] body) {
        try {
            out.write(head);
            out.write(body);
            out.flush();
        } catch (SocketException closedMeanwhile) {
            // What the server sent before is still read.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame; empty at the end of the connection. */
    public Optional<Frame> read() {
        try {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            long length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            return Optional.of(new Frame(first & 0xf, payload));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came from the server for " + READ_TIMEOUT_MILLIS + " ms", e);
        } catch (IOException reset) {
            return Optional.empty();
        }
    }

    /** The next message of that JSON type; whatever else comes is passed over. */
    public Message awaitMessage(String type) {
        while (true) {
            Frame frame = read().orElseThrow(() -> new AssertionError("the connection ended before " + type));
            if (frame.opcode() == CLOSE) {
                throw new AssertionError("closed with " + frame.closeCode() + " before " + type);
            }
            if (frame.opcode() == TEXT && Message.parse(frame.text()).type().equals(type)) {
                return Message.parse(frame.text());
            }
        }
    }

    /** Reads on to the end; the close code, or {@link SocketClient#NO_CLOSE_FRAME}. Answers no ping. */
    public int awaitClose() {
        while (true) {
            Optional<Frame> frame = read();
            if (frame.isEmpty()) {
                return SocketClient.NO_CLOSE_FRAME;
            }
            if (frame.get().opcode() == CLOSE) {
                return frame.get().closeCode();
            }
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

    private void upgrade(URI uri, String token) throws IOException {
        out.write("""
                GET %s?token=%s HTTP/1.1\r
                Host: %s:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """.formatted(uri.getPath(), token, uri.getHost(), uri.getPort())
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new AssertionError(
                    "no upgrade: " + answer.toString().lines().findFirst().orElse(""));
        }
    }

    private static byte[] head(boolean last, int opcode, long length, boolean masked) {
        ByteBuffer head = ByteBuffer.allocate(14);
        head.put((byte) ((last ? 0x80 : 0) | opcode));
        int maskBit = masked ? 0x80 : 0;
        if (length < 126) {
            head.put((byte) (maskBit | length));
        } else if (length < 65_536) {
            head.put((byte) (maskBit | 126)).putShort((short) length);
        } else {
            head.put((byte) (maskBit | 127)).putLong(length);
        }
        if (masked) {
            head.put(MASK);
        }
        byte[] bytes = new byte[head.flip().remaining()];
        head.get(bytes);
        return bytes;
    }
}
