package dev.tidings.websocket.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A socket whose peer takes messages at once, or one by one when the test says so. */
class FakeWire implements Wire {
    private final List<JsonNode> taken = new ArrayList<>();
    private final Queue<Runnable> stalled = new ArrayDeque<>();
    private boolean stalling;
    private @Nullable Integer closeCode;
    private int pings;
    private boolean aborted;
    private boolean writing;

    @Override
    public synchronized void write(byte[] utf8, Consumer<@Nullable Throwable> done) {
        if (writing) {
            throw new IllegalStateException("a second write began before the first was done");
        }
        writing = true;
        Runnable take = () -> {
            synchronized (this) {
                taken.add(JsonMapper.shared().readTree(new String(utf8, StandardCharsets.UTF_8)));
                writing = false;
            }
            done.accept(null);
        };
        if (stalling) {
            stalled.add(take);
        } else {
            take.run();
        }
    }

    /** From now on the peer takes nothing. */
    synchronized void stall() {
        stalling = true;
    }

    /** The peer takes one message more. */
    void takeOne() {
        Runnable next;
        synchronized (this) {
            next = stalled.poll();
        }
        if (next != null) {
            next.run();
        }
    }

    /** The peer takes what there is and what comes. */
    void flow() {
        synchronized (this) {
            stalling = false;
        }
        takeOne();
    }

    @Override
    public synchronized void ping() {
        pings++;
    }

    @Override
    public synchronized void close(int code, String reason) {
        closeCode = code;
    }

    @Override
    public synchronized void abort() {
        aborted = true;
    }

    /** What the peer has taken, in order. */
    synchronized List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    List<String> types() {
        return taken().stream().map(message -> message.path("type").asString()).toList();
    }

    /** The event ids of the messages that the peer has taken. */
    List<String> ids() {
        return taken().stream()
                .filter(message -> message.has("id"))
                .map(message -> message.path("id").asString())
                .toList();
    }

    synchronized @Nullable Integer closeCode() {
        return closeCode;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized boolean aborted() {
        return aborted;
    }
}
