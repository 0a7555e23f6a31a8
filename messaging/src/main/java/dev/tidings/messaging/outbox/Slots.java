package dev.tidings.messaging.outbox;

/** A slot stands for all keys of one hash; relays lease slots. */
final class Slots {
    /** As many as rows in {@code outbox_slot}: enough to share among the replicas of a service. */
    static final int COUNT = 16;

    private Slots() {}

    static int of(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash >>> 16) % COUNT;
    }

    /** How many slots a relay may hold beside that many living ones, itself included. */
    static int fairShare(int livingRelays) {
        return Math.ceilDiv(COUNT, Math.max(1, livingRelays));
    }
}
