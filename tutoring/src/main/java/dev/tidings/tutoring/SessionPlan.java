package dev.tidings.tutoring;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Plans sessions; the package documentation states the rules. */
public final class SessionPlan {
    public static final Duration DURATION = Duration.ofMinutes(60);
    /** The largest tier. */
    public static final int MAX_SESSIONS = 30;

    private static final Set<DayOfWeek> WORKING_DAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    private SessionPlan() {}

    /**
     * Plans sessions, earliest first.
     *
     * @param startDate first possible day
     * @param count number of sessions, at most {@link #MAX_SESSIONS}
     * @param now every session starts after this time
     */
    public static List<PlannedSession> lay(LocalDate startDate, LocalTime slot, ZoneId zone, int count, Instant now) {
        if (count < 0 || count > MAX_SESSIONS) {
            throw new IllegalArgumentException("a plan has 0 to %d sessions, not %d".formatted(MAX_SESSIONS, count));
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate first = startDate.isBefore(today) ? today : startDate;
        return Stream.iterate(first, day -> day.plusDays(1))
                .filter(day -> WORKING_DAYS.contains(day.getDayOfWeek()))
                .map(day -> PlannedSession.on(day, slot, zone))
                .filter(session -> session.startsAt().isAfter(now))
                .limit(count)
                .toList();
    }
}
