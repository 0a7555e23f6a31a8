package dev.tidings.websocket.delivery;

import java.time.Duration;

/**
 * Whether the other end of one connection is still there (R-WS-3) and still takes what is written. Pure: time is the
 * argument of {@link #tick}, so events between two ticks need no clock. Not safe for several threads.
 */
final class Heartbeat {
    enum Liveness {
        FINE,
        PING,
        /** Nothing heard for too long. */
        DEAD,
        /** A message is being written and does not get on. */
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

    /** @param firstPing when the first ping is due; spread over connections, so that pings are too */
    Heartbeat(Duration ping, Duration silence, Duration stall, long now, long firstPing) {
        this.pingMillis = ping.toMillis();
        this.silenceMillis = silence.toMillis();
        this.stallMillis = stall.toMillis();
        this.lastHeard = now;
        this.lastProgress = now;
        this.nextPing = firstPing;
    }

    /** Something came from the peer. */
    void heard() {
        heard = true;
    }

    /** A message was written to its end. */
    void progressed() {
        progressed = true;
    }

    /**
     * @param now ms of a clock that never goes back
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
