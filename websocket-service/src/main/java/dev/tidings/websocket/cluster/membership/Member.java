package dev.tidings.websocket.cluster.membership;

import java.util.Objects;

/**
 * One incarnation of a replica.
 *
 * @param incarnation random id of this run of the replica, never reused
 * @param name name of the replica; the same for all its incarnations
 * @param address {@code host:port} where peers reach it
 * @param counter incremented with every renewal of the lease
 */
public record Member(String incarnation, String name, String address, long counter) {
    public Member {
        Objects.requireNonNull(incarnation);
    }

    Member renewed() {
        return new Member(incarnation, name, address, counter + 1);
    }
}
