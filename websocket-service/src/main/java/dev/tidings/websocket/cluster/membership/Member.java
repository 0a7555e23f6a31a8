package dev.tidings.websocket.cluster.membership;

/**
 * One incarnation of a replica.
 *
 * @param boot the incarnation: random, never used again once the replica has given it up
 * @param name what people call the replica; survives incarnations
 * @param address {@code host:port} where peers reach it
 * @param counter raised with every heartbeat
 */
public record Member(String boot, String name, String address, long counter) {
    Member beat() {
        return new Member(boot, name, address, counter + 1);
    }
}
