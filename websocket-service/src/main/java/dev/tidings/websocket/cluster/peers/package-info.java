/**
 * Communication between replicas: the fan-out of events and the queries that every replica answers.
 *
 * <ul>
 *   <li>{@link dev.tidings.websocket.cluster.peers.EventFanOut} routes events to the replicas that hold connections for
 *       them. Each peer has a link with a bounded backlog and one call in flight.
 *       {@code HolderCache} remembers which replicas hold a stream; notices between replicas keep it true, so it is used only while
 *       {@code HeardPeers} knows that every peer sends them. An event may be pushed twice, which the connections notice by its
 *       number.
 *   <li>{@link dev.tidings.websocket.cluster.peers.ClusterQuery} asks all replicas at the same time.
 *   <li>{@code PeerClient} and {@code PeerServer} are the two ends of the internal HTTP port.
 * </ul>
 *
 * <p>May use the other {@code cluster} packages except the root, {@code stream} and {@code delivery}.
 */
@NullMarked
package dev.tidings.websocket.cluster.peers;

import org.jspecify.annotations.NullMarked;
