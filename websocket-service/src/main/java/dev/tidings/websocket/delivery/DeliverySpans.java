package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.sidecar.tracing.EventSpan;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.sidecar.tracing.EventSpans.SpanRole;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Records what happens to the events of one connection: a span of the write to the socket, and one from its beginning to the acknowledgement
 * of the client. A connection has none while tracing is off. Safe for any thread.
 */
final class DeliverySpans {
    /** Events that wait for an acknowledgement; of older ones it is not recorded. */
    private static final int KEPT = 64;

    private record Sent(StreamName stream, long number, String traceparent, Instant at) {}

    private final EventSpans spans;
    private final InstantSource clock;

    /** Messages are written one at a time. */
    @GuardedBy("this")
    private EventSpan writing = EventSpan.NONE;

    @GuardedBy("this")
    private final Deque<Sent> unacknowledged = new ArrayDeque<>();

    DeliverySpans(EventSpans spans, InstantSource clock) {
        this.spans = spans;
        this.clock = clock;
    }

    synchronized void writing(LoggedEvent event) {
        writing = spans.start("send " + event.messageType(), SpanRole.PRODUCER, event.traceparent())
                .tag("tidings.stream", event.stream().value())
                .tag("messaging.message.id", event.id());
        String traceparent = writing.traceparentOr(null);
        if (traceparent != null) {
            if (unacknowledged.size() == KEPT) {
                unacknowledged.removeFirst();
            }
            unacknowledged.addLast(new Sent(event.stream(), event.number(), traceparent, clock.instant()));
        }
    }

    /** The acknowledgement may have come before. */
    synchronized void written() {
        writing.end();
        writing = EventSpan.NONE;
    }

    synchronized void acknowledged(Cursor cursor) {
        for (Iterator<Sent> each = unacknowledged.iterator(); each.hasNext(); ) {
            Sent event = each.next();
            if (event.number() <= cursor.numberOf(event.stream()).orElse(0)) {
                each.remove();
                spans.start("acknowledged", SpanRole.CLIENT, event.traceparent(), event.at())
                        .end();
            }
        }
    }
}
