/**
 * Answers the question "why did the screen not update?" (R-EV-5) for one event or one user: the steps so far and where they stopped.
 *
 * <p>A journey is computed on request from existing records, so it costs the delivery path nothing. {@code TrailTable} reads the records
 * in the tutoring schema: the outboxes of the backend and the workers, the inbox, failures and dead letters. {@code ScreenDeliveries}
 * queries any replica of the WebSocket service, through Dapr and with the token of the operator, for its log and the positions of
 * its connections. {@code EventJourney} and {@code UserJourney} draw the conclusion; they are pure.
 *
 * <p>Journeys go back as far as the retention of the outboxes (hours) and of the log (days). An event of a foreign service has no outbox
 * here; its journey begins at the broker.
 *
 * <p>For operators. No transaction is open during the call. Uses {@code identity}, {@code problems}, {@code requests} and {@code
 * publishing}.
 */
@NullMarked
package dev.tidings.backend.journeys;

import org.jspecify.annotations.NullMarked;
