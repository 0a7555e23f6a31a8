/**
 * Which replicas there are, who holds connections for which stream, and the fan-out between them (docs/architecture.md#fan-out).
 *
 * <p>Nothing here is needed for correctness: connections compare numbers with the log, and a sweep finds what no push
 * brought. All of this is about milliseconds, so every trouble ends the same way, in a note to <em>sweep now</em>, and
 * no trouble stops delivery.
 *
 * <h2>Parts</h2>
 *
 * <ul>
 *   <li>{@code StateStore}: compare-and-set over Dapr state. Keys are never deleted, and after a failed write the value
 *       is read again, since nobody knows what it is.
 *   <li>{@code Membership} and {@code LeaseTable}: the member list and who in it is alive. A replica is named by a boot
 *       id, which it gives up for ever when its lease may have looked expired to somebody.
 *   <li>{@code StreamRegistry} and {@code Registration}: per stream the boot ids that hold connections.
 *   <li>{@code ClusterFanOut}, {@code PeerLinks}, {@code PeerLink}, {@code PeerQueue}: news on its way to other replicas.
 *   <li>{@code PeerRequestHandler} behind {@code PeerServer}, {@code HttpPeerClient} before it: how replicas call each other.
 *   <li>{@code ClusterQuery}: who is connected where, and how far, asked of all replicas at the same time.
 * </ul>
 *
 * <h2>Threads and lifecycle</h2>
 *
 * One heartbeat, one tick a second, one router, one per peer, short virtual ones per stream that is being registered.
 * No lock is held across a remote call. {@code ClusterLifecycle} starts before the web server and needs neither store
 * nor sidecar to do so; it stops after the hub has drained, and leaves the member list then. A left or dead replica's
 * entries are not removed but pruned by whoever writes them next.
 *
 * <h2>Order that matters</h2>
 *
 * A boot id is in the member list before it is in any entry. So an id in an entry that the list does not have, read
 * after the entry, is gone for good, and pruning it is safe; and an id that is merely new to us is found by one look.
 * A connection's stream is registered before the connection reads the tail, an event is appended before the entry is
 * read: one of the two sees the other.
 *
 * <h2>Time limits, and why each is safe</h2>
 *
 * <table>
 *   <caption>{@code tidings.cluster.timing}</caption>
 *   <tr><td>heartbeat 2 s, lease 8 s</td><td>A reader counts a lease's standstill from its own look, after the write
 *     that it saw; the owner counts from before that write, and stops believing in it two store timeouts early. So the
 *     owner gives up before a reader can, if their clocks run equally fast. A reader that was blind counts half a lease
 *     at most: after an outage of the store nobody is dead at first sight. Late judgement costs calls in vain.</td></tr>
 *   <tr><td>store-timeout 500 ms</td><td>A connect waits that long at most, then is registered in the background and
 *     swept.</td></tr>
 *   <tr><td>lookup-timeout 250 ms</td><td>Events wait for it in the router's bounded backlog, never in the callback;
 *     afterwards all known peers are told, and the store is left alone for a second.</td></tr>
 *   <tr><td>push 1 s</td><td>One call in flight per peer, so a slow peer holds up nobody but itself. After a failure its
 *     queue is dropped and the peer sweeps; a batch that arrived in spite of the failure is told twice, which numbers
 *     make harmless.</td></tr>
 *   <tr><td>linger 30 s</td><td>A page reload costs no write. Meanwhile a push may be in vain.</td></tr>
 *   <tr><td>reassert 5 min</td><td>A lost entry costs pushes for that long at most, and the hub's regular sweep goes on
 *     in the meantime. A slice each second, so the store sees a trickle.</td></tr>
 *   <tr><td>entry-life 7 d</td><td>Entries of users who never return disappear; those in use are renewed at half of
 *     it.</td></tr>
 * </table>
 *
 * <p>The member list is one key that each replica writes every heartbeat: fine for tens of replicas, not for hundreds.
 *
 * <p>May use {@code stream} and {@code delivery}; nothing of {@code ingest}, {@code socket}, {@code log} or
 * {@code polling}.
 */
@NullMarked
package dev.tidings.websocket.cluster;

import org.jspecify.annotations.NullMarked;
