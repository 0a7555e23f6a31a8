/** Which replicas there are, who holds connections for which stream, and the fan-out between them. */
@NullMarked
package dev.tidings.websocket.cluster;

import org.jspecify.annotations.NullMarked;
