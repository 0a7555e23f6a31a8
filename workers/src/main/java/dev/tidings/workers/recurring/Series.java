package dev.tidings.workers.recurring;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The dates on which a recurring task is due: the start, and the same local time one, two, three … days, weeks or months after
 * it. Each is counted from the start, so a short month or a change of the clocks moves one date and not those after it: the
 * 31st becomes the 28th in February and is the 31st again in March.
 *
 * @param zone where days and months are counted
 */
record Series(Instant start, ZoneId zone, ChronoUnit period) {

    /** The first date after that one. */
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
