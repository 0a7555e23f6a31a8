package dev.tidings.websocket.delivery;

import java.time.Duration;

/**
 * Detects whether the peer of one connection is alive (R-WS-3) and still reads. Pure: time is the argument of
 * {@link #tick}, so events between two ticks need no clock. Not thread-safe.
 */
final class Heartbeat {
    enum Liveness {
        FINE,
        PING,
        /** Nothing arrived for the silence limit. */
        DEAD,
        /** One write has taken longer than the stall limit. */
        STUCK
    }

    private final long pingMillis;
    private final long silenceMillis;
    private final long stallMillis;
    private long nextPing;
    private long lastHeard;
    private long lastProgress;
    private boolean heard;
    private boolean progressed;

    /** @param firstPing when the first ping is due; random per connection, so that pings are spread over time */
    Heartbeat(Duration ping, Duration silence, Duration stall, long now, long firstPing) {
        this.pingMillis = ping.toMillis();
        this.silenceMillis = silence.toMillis();
        this.stallMillis = stall.toMillis();
        this.lastHeard = now;
        this.lastProgress = now;
        this.nextPing = firstPing;
    }

    /** Records that a message or a pong arrived. */
    void heard() {
        heard = true;
    }

    /** Records that a message was written completely. */
    void progressed() {
        progressed = true;
    }

    /**
     * @param now milliseconds of a monotonic clock
     * @param writing whether a message is being written
     */
    Liveness tick(long now, boolean writing) {
        if (heard) {
            lastHeard = now;
            heard = false;
        }
        if (progressed || !writing) {
            lastProgress = now;
            progressed = false;
        }
        if (now - lastProgress >= stallMillis) {
            return Liveness.STUCK;
        }
        if (now - lastHeard >= silenceMillis) {
            return Liveness.DEAD;
        }
        if (now >= nextPing) {
            nextPing = now + pingMillis;
            return Liveness.PING;
        }
        return Liveness.FINE;
    }
}
