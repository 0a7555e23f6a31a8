/**
 * What operators can look at: the events that ingest kept aside, and what became of an event or a user after the bus (R-EV-5). For
 * tokens of role operator or admin only. Read only; nothing is kept between calls.
 *
 * <p>May use {@code ingest}, {@code log}, {@code cluster}, {@code delivery}, {@code stream} and the tokens module.
 */
@NullMarked
package dev.tidings.websocket.operator;

import org.jspecify.annotations.NullMarked;
