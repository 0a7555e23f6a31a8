/**
 * Cluster membership: the list of replicas in the state store, and which of them hold a live lease.
 *
 * <p>A replica is identified by an incarnation id. It abandons its id when any peer may have seen its lease expire, and
 * joins again under a new one. Leases are judged by the monotonic clock of the reader; no wall clocks are compared.
 *
 * <p>One thread renews the lease; any thread may read the view. No lock is held during a call to the store. Uses no other
 * package of the service.
 */
@NullMarked
package dev.tidings.websocket.cluster.membership;

import org.jspecify.annotations.NullMarked;
