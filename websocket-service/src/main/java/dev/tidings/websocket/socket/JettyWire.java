package dev.tidings.websocket.socket;

import dev.tidings.websocket.delivery.Wire;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty socket. Spring's session would block a thread for each write; Jetty's own writes without one. Frames go to
 * Jetty's core session, which takes bytes as they are, where its text methods would have every socket encode them anew.
 */
final class JettyWire implements Wire {
    private final WebSocketSession session;

    JettyWire(WebSocketSession session) {
        this.session = session;
    }

    @Override
    public void write(byte[] utf8, Consumer<@Nullable Throwable> done) {
        Callback callback = Callback.from(InvocationType.NON_BLOCKING, () -> done.accept(null), done::accept);
        session.getCoreSession().sendFrame(new Frame(OpCode.TEXT, ByteBuffer.wrap(utf8)), callback, false);
    }

    @Override
    public void ping() {
        session.getCoreSession().sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }

    @Override
    public void close(int code, String reason) {
        session.getCoreSession().close(code, reason, Callback.NOOP);
    }

    @Override
    public void abort() {
        session.disconnect();
    }
}
