package dev.tidings.tutoring;

import java.time.DayOfWeek;

/**
 * A weekly period in which a trainer works.
 *
 * @param fromMinute minute of the day, from 0
 * @param toMinute minute of the day, exclusive; 1440 is the end of the day
 */
public record Availability(DayOfWeek day, int fromMinute, int toMinute) {
    public static final int END_OF_DAY = 24 * 60;

    public Availability {
        if (fromMinute < 0 || toMinute > END_OF_DAY || fromMinute >= toMinute) {
            throw new IllegalArgumentException(
                    "the period from minute %d to minute %d of a day is invalid".formatted(fromMinute, toMinute));
        }
    }
}
