/**
 * The one client to this replica's Dapr sidecar.
 *
 * <p>Start-up does not need the sidecar: the client connects at its first call and again after the sidecar restarted.
 * Any thread may use it; a call blocks at most {@code tidings.sidecar.timeout} and is not repeated here, since each
 * caller knows better whether a second try is worth it. Imports none of the service's other packages.
 */
@NullMarked
package dev.tidings.websocket.sidecar;

import org.jspecify.annotations.NullMarked;
