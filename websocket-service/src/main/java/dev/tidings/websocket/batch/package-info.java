/** Gathers concurrent requests, so that one call to a database or a store answers many of them. Uses no other package. */
@NullMarked
package dev.tidings.websocket.batch;

import org.jspecify.annotations.NullMarked;
