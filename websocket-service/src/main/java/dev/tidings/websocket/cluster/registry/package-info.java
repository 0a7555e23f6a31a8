/**
 * The registry: per stream, the incarnations of the replicas that hold connections for it.
 *
 * <p>{@code Registration} is the pure state of one stream's entry, {@code StreamRegistry} keeps the entries in the
 * state store equal to the wanted state. At most one virtual thread works on a stream at a time; no lock is held across
 * a call to the store. May use {@code cluster.membership}, {@code stream} and {@code delivery}.
 */
@NullMarked
package dev.tidings.websocket.cluster.registry;

import org.jspecify.annotations.NullMarked;
