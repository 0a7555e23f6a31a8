/**
 * {@code GET /stats}: who is connected in the whole cluster (R-WS-7).
 *
 * <p>Every answer is a roll call of all live replicas at that moment, so each replica gives the same one, also right
 * after another was killed. Nothing is kept between calls. User ids are for operators: in production profile everyone
 * else gets the totals.
 *
 * <p>May use {@code cluster} and the tokens module.
 */
@NullMarked
package dev.tidings.websocket.stats;

import org.jspecify.annotations.NullMarked;
