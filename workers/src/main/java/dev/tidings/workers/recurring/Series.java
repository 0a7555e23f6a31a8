package dev.tidings.workers.recurring;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The due times of a recurring task: the start, and the same local time one, two, three … days, weeks or months later. Each due time
 * is computed from the start, so a short month or a change of the clocks affects only one of them: the 31st becomes the 28th in
 * February and is the 31st again in March.
 *
 * @param zone time zone in which days and months are counted
 */
record Series(Instant start, ZoneId zone, ChronoUnit period) {

    /** Returns the first due time after the given one. */
    Instant after(Instant due) {
        ZonedDateTime first = start.atZone(zone);
        long number = Math.max(0, period.between(first, due.atZone(zone)));
        Instant next;
        do {
            next = first.plus(number++, period).toInstant();
        } while (!next.isAfter(due));
        return next;
    }
}
