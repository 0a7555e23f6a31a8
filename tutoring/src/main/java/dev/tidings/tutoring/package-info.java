/**
 * The rules of tutoring, as pure functions: when sessions take place, and who gives them. Backend and workers apply the same
 * ones.
 *
 * <h2>When: {@link dev.tidings.tutoring.SessionPlan}</h2>
 *
 * <ul>
 *   <li>One session on each working day, Monday to Friday, at the time slot, until the tier is reached.
 *   <li>The first is on the start date, or on the first working day after it whose session still lies ahead: none is ever
 *       planned into the past.
 *   <li>Dates and slot are those of the student's calendar: the time zone that the payment names, else the course's.
 *   <li>Where clocks are put forward and the slot does not exist on a day, that session begins as much later as clocks
 *       jump; where the slot exists twice, it begins at the first.
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
 * <p>If there is none, the choice says which of the first three rules nobody passed.
 *
 * <p>Everything is immutable and safe for any thread. Time comes in as a parameter; nothing here reads a clock, a database or a
 * framework.
 */
@NullMarked
package dev.tidings.tutoring;

import org.jspecify.annotations.NullMarked;
