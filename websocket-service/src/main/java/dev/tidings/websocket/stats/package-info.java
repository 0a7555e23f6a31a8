/**
 * {@code GET /stats}: the connections of the whole cluster (R-WS-7).
 *
 * <p>Every request queries all live replicas, so each replica gives the same answer, also right after another one was
 * killed. Stateless. User ids are visible to operators only: in the production profile all other callers get the totals.
 *
 * <p>May use {@code cluster.peers} and the module {@code tokens}.
 */
@NullMarked
package dev.tidings.websocket.stats;

import org.jspecify.annotations.NullMarked;
