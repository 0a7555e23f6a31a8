package dev.tidings.websocket.socket;

/** A rate limit with bursts. Pure: time is an argument. Not thread-safe. */
final class TokenBucket {
    private final double capacity;
    private final double perNano;
    private double level;
    private long filledAt;

    /** Creates a full bucket. */
    TokenBucket(int capacity, double perSecond, long nowNanos) {
        this.capacity = capacity;
        this.perNano = perSecond / 1e9;
        this.level = capacity;
        this.filledAt = nowNanos;
    }

    boolean tryTake(long nowNanos) {
        level = Math.min(capacity, level + (nowNanos - filledAt) * perNano);
        filledAt = nowNanos;
        if (level < 1) {
            return false;
        }
        level--;
        return true;
    }
}
