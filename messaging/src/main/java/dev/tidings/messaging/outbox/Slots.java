package dev.tidings.messaging.outbox;

/** Maps partition keys to slots, the hash buckets that relays lease. */
final class Slots {
    /** The number of rows in {@code outbox_slot}. */
    static final int COUNT = 16;

    private Slots() {}

    static int of(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash >>> 16) % COUNT;
    }

    /**
     * Returns how many slots a relay may hold.
     *
     * @param livingRelays number of live relays, this one included
     */
    static int fairShare(int livingRelays) {
        return Math.ceilDiv(COUNT, Math.max(1, livingRelays));
    }
}
