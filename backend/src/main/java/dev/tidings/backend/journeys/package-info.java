/**
 * Answers "why did the screen not update?" (R-EV-5): for one event, or for one user, how far things came and where they stopped.
 *
 * <p>A journey is put together when it is asked for; nothing is written for it on the way, so it costs delivery nothing. {@code
 * Trail} reads what the services of the tutoring schema know: the outboxes of the backend and the workers, the workers' inbox, their
 * failures and dead letters. {@code ScreenDeliveries} asks any replica of the WebSocket service, through Dapr and with the
 * operator's own token, for its log and for how far each connection is. {@code EventJourney} and {@code UserJourney} draw the
 * conclusion; they are pure.
 *
 * <p>It sees as far back as the retentions of the outboxes (hours) and of the log (days). An event of a foreign service has no outbox
 * here: its journey begins on the bus.
 *
 * <p>For operators. No transaction is open across the call. Uses {@code identity}, {@code problems}, {@code requests} and {@code
 * publishing}.
 */
@NullMarked
package dev.tidings.backend.journeys;

import org.jspecify.annotations.NullMarked;
