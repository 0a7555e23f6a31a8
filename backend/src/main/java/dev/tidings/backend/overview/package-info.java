/**
 * The overview of the operator's console (R-OP-1, ADR 0025): how each step of the way of an event is now, and charts of the last hour.
 *
 * <p>{@code OverviewController} serves it and prolongs the {@code ConsoleWatch} of the operator; {@code SnapshotFeed} sends a snapshot to each
 * watching operator every two seconds, as an event of the outbox. {@code FigureCollector} asks all apps for their figures (module {@code
 * series}) while somebody watches; without watchers nothing is asked, kept or sent.
 *
 * <p>{@code AppFigures} adds up the replicas of an app, {@code Backlogs} estimates what consumers have not taken, {@code WayOfAnEvent} judges
 * the steps by {@code AlertLimits}, which are those of the alerts, and {@code Charts} makes the lines of the charts. These four are pure.
 *
 * <p>Each replica of the backend feeds the operators whose watch it has prolonged. An operator whose requests reach several replicas gets
 * the snapshots of each; a snapshot replaces the one before, so this costs little and shows the same.
 */
@NullMarked
package dev.tidings.backend.overview;

import org.jspecify.annotations.NullMarked;
