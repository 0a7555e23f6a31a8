/**
 * The rules of tutoring as pure functions: times of sessions, and the choice of trainers. Backend and workers apply the same rules.
 *
 * <h2>When: {@link dev.tidings.tutoring.SessionPlan}</h2>
 *
 * <ul>
 *   <li>One session on each working day, Monday to Friday, at the time slot, until the tier is reached.
 *   <li>The first is on the start date, or on the first working day after it whose session is in the future.
 *   <li>Dates and slot are in the time zone of the payment or, if it has none, of the course.
 *   <li>If the slot does not exist on a day because clocks are put forward, the session starts later by the same amount; if
 *       the slot exists twice, it starts at the first.
 *   <li>A session lasts {@link dev.tidings.tutoring.SessionPlan#DURATION}.
 * </ul>
 *
 * <h2>Who: {@link dev.tidings.tutoring.TrainerChoice}</h2>
 *
 * <ol>
 *   <li>The trainer can teach the course: has its skill.
 *   <li>The trainer works at the time of every session, by the weekly availability in the trainer's own time zone.
 *   <li>The trainer has no other session at the time of any of them.
 *   <li>Of those, the one with the least load: the fewest students at present.
 *   <li>Of equals, the one whose id comes first, character by character.
 * </ol>
 *
 * <p>If there is none, the result states which of the first three rules no trainer satisfies.
 *
 * <p>Everything is immutable and safe for any thread. Time is a parameter. Must not import
 * a clock, a database, a framework, or {@link dev.tidings.tutoring.tables}, which contains the shared SQL.
 */
@NullMarked
package dev.tidings.tutoring;

import org.jspecify.annotations.NullMarked;
