/**
 * Wires the cluster parts of one replica: which replicas are alive, which of them hold connections for which stream, and
 * the fan-out between them (docs/architecture.md#fan-out).
 *
 * <p>Delivery is correct without this package: connections compare numbers with the log, and the sweep finds what no push
 * delivered. The cluster only makes delivery fast. Every failure therefore has the same outcome: a request to
 * <em>sweep now</em>. No failure stops delivery.
 *
 * <h2>Packages</h2>
 *
 * <ul>
 *   <li>{@code membership}: the member list and the leases in it.
 *   <li>{@code registry}: per stream, the replicas that hold connections.
 *   <li>{@code peers}: fan-out, queries and the calls between replicas.
 * </ul>
 *
 * <h2>Threads and lifecycle</h2>
 *
 * One thread renews the lease, one ticks every second, one routes events, one per peer sends them, and short virtual
 * threads reconcile streams. No lock is held across a remote call. {@code ClusterLifecycle} starts before the web server
 * and does not wait for the state store or the sidecar. It stops after the hub has drained, and then leaves the member
 * list. Entries of a replica that left or died are pruned by the next writer of the entry.
 *
 * <h2>Order of writes</h2>
 *
 * A replica writes its incarnation id to the member list before it writes it to any entry. Therefore an id in an entry
 * that is missing in a later read of the list is gone for ever, and may be pruned. A new id is found by one read of the
 * list. The stream of a connection is registered before the connection reads the tail, and an event is appended before
 * its entry is read: one of the two sees the other.
 *
 * <h2>Timeouts, and why each is safe</h2>
 *
 * <table>
 *   <caption>{@code tidings.cluster.timing}</caption>
 *   <tr><td>heartbeat 2 s, lease 8 s</td><td>A reader counts the age of a lease from its own read, after the write that it
 *     saw. The owner counts from before that write and gives the lease up two store timeouts early. So the owner gives up
 *     before any reader does, if their clocks run equally fast. A reader that was frozen counts at most half a lease, so
 *     no replica is considered dead at the first read after an outage of the store. A late detection of a dead replica
 *     only costs failing calls.</td></tr>
 *   <tr><td>store-timeout 500 ms</td><td>A connect waits at most this long. After that its stream is registered in the
 *     background and the sweep delivers.</td></tr>
 *   <tr><td>lookup-timeout 250 ms</td><td>Events wait for a lookup in the bounded queue of the router, never in the
 *     callback. After a timeout events are broadcast, and the store is not queried for a second.</td></tr>
 *   <tr><td>push-timeout 1 s</td><td>One call is in flight per peer, so a slow peer delays only itself. After a failure its
 *     queue is dropped and the peer sweeps. A batch that arrived in spite of the failure is sent twice, which the numbers
 *     make harmless.</td></tr>
 *   <tr><td>unregister-delay 30 s</td><td>A page reload causes no write. Until then some pushes are useless.</td></tr>
 *   <tr><td>reconcile-interval 5 min</td><td>A lost entry costs pushes for at most this long, while the sweep goes on.
 *     A share of the entries is compared every second, so the load on the store is even.</td></tr>
 *   <tr><td>entry-ttl 7 d</td><td>Entries of users who never return expire. Entries in use are renewed at half of
 *     it.</td></tr>
 * </table>
 *
 * <p>Each replica writes the one key of the member list with every heartbeat. This works for tens of replicas, not for
 * hundreds.
 *
 * <p>May use {@code stream} and {@code delivery}. Must not use {@code ingest}, {@code socket}, {@code log} or
 * {@code polling}.
 */
@NullMarked
package dev.tidings.websocket.cluster;

import org.jspecify.annotations.NullMarked;
