/**
 * Answers the question "why did the screen not update?" (R-EV-5, R-OP-2) for an event, for what belongs together (a payment, an order, a
 * task), or for a user: the steps so far with their times, where they stopped, why, and what to do next. A search finds out what an id
 * names.
 *
 * <p>A journey is computed on request from existing records, so it costs the delivery path nothing. {@code TrailTable}, {@code OutboxTable}
 * and {@code FlowTable} read the records in the tutoring schema: the outboxes of the backend and the workers, the inbox, failures, dead
 * letters and the audit log. {@code ScreenDeliveries} queries any replica of the WebSocket service, through Dapr and with the token of
 * the operator, for its log and the positions of its connections.
 *
 * <p>{@code Verdict} is the closed list of what may be concluded. {@code EventVerdict}, {@code OutboxVerdict} and {@code ScreenVerdict}
 * conclude, {@code JourneySteps} lists the steps, and {@code Flow} links events with what they caused by the topology; all of them are
 * pure. {@code EventJourney}, {@code FlowJourney} and {@code UserJourney} are what the API shows.
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
