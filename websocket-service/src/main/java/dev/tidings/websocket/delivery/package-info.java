/** The connections of this replica and their delivery. */
@NullMarked
package dev.tidings.websocket.delivery;

import org.jspecify.annotations.NullMarked;
