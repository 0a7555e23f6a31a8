/**
 * The contract that every part shares: topics, event types, payload records, and which texts are user ids. The
 * envelope of an event on the bus is a CloudEvent; {@code asyncapi.yaml} describes it.
 *
 * <p>Wire names are constants here, never class names, so a class may be renamed and the wire stays. Each event type
 * has a payload record, a JSON Schema in {@code schemas/} and a sample in {@code samples/} beside these classes; a
 * test walks {@link dev.tidings.events.EventType} and holds the three together. Records carry plain Jackson
 * annotations only: this module imports no framework, and services of other languages read the same schemas.
 *
 * <p>Everything is immutable and safe for any thread.
 */
@NullMarked
package dev.tidings.events;

import org.jspecify.annotations.NullMarked;
