/**
 * Compare-and-set access to the shared state store of the cluster, through Dapr.
 *
 * <p>Keys are never deleted. After a failed write the content of a key is unknown, so callers read it again. Every call
 * blocks for at most its timeout and is safe for any thread. Must not use any other package of the service.
 */
@NullMarked
package dev.tidings.websocket.cluster.store;

import org.jspecify.annotations.NullMarked;
