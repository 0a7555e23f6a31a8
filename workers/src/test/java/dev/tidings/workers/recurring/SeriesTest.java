package dev.tidings.workers.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R-TK-2: month ends, leap days, time zones. */
class SeriesTest {
    @ParameterizedTest
    @CsvSource({
        "DAYS,   2026-02-28T09:00, 2026-03-01T09:00",
        "DAYS,   2028-02-28T09:00, 2028-02-29T09:00",
        "DAYS,   2026-12-31T09:00, 2027-01-01T09:00",
        "WEEKS,  2026-12-30T09:00, 2027-01-06T09:00",
        "MONTHS, 2026-01-31T09:00, 2026-02-28T09:00",
        "MONTHS, 2028-01-31T09:00, 2028-02-29T09:00",
        "MONTHS, 2028-02-29T09:00, 2028-03-29T09:00",
        "MONTHS, 2026-12-31T09:00, 2027-01-31T09:00",
    })
    void theNextDateComesOnePeriodLater(ChronoUnit period, LocalDateTime start, LocalDateTime next) {
        Series series = series(start.toString(), "UTC", period);

        assertThat(series.after(series.start()))
                .isEqualTo(next.atZone(ZoneId.of("UTC")).toInstant());
    }

    @Test
    void aShortMonthDoesNotMoveTheMonthsAfterIt() {
        assertThat(dates(series("2026-01-31T09:00", "Europe/Berlin", ChronoUnit.MONTHS), 5))
                .containsExactly(
                        "2026-02-28T09:00",
                        "2026-03-31T09:00",
                        "2026-04-30T09:00",
                        "2026-05-31T09:00",
                        "2026-06-30T09:00");
        assertThat(dates(series("2027-12-30T09:00", "UTC", ChronoUnit.MONTHS), 3))
                .containsExactly("2028-01-30T09:00", "2028-02-29T09:00", "2028-03-30T09:00");
    }

    @Test
    void theLocalTimeStaysWhenTheClocksChange() {
        Series series = series("2026-03-28T09:00", "Europe/Berlin", ChronoUnit.DAYS);

        assertThat(dates(series, 2)).containsExactly("2026-03-29T09:00", "2026-03-30T09:00");
        assertThat(series.after(series.start())).isEqualTo(series.start().plus(23, ChronoUnit.HOURS));
    }

    @Test
    void aTimeThatTheClocksLeaveOutMovesOnThatDayOnly() {
        assertThat(dates(series("2026-03-28T02:30", "Europe/Berlin", ChronoUnit.DAYS), 2))
                .containsExactly("2026-03-29T03:30", "2026-03-30T02:30");
    }

    @Test
    void monthsAreCountedWhereTheOwnerIs() {
        // The last evening of January in New York is the first of February in UTC.
        Series series = series("2026-01-31T23:30", "America/New_York", ChronoUnit.MONTHS);

        assertThat(dates(series, 1)).containsExactly("2026-02-28T23:30");
    }

    @Test
    void aTaskDueBetweenTwoDatesIsFollowedByTheNextOfThem() {
        Series series = series("2026-01-10T09:00", "UTC", ChronoUnit.WEEKS);

        assertThat(series.after(Instant.parse("2026-01-20T00:00:00Z"))).isEqualTo("2026-01-24T09:00:00Z");
        assertThat(series.after(Instant.parse("2025-06-01T00:00:00Z"))).isEqualTo("2026-01-10T09:00:00Z");
    }

    @Test
    void everyDateFollowsTheOneBeforeItForAHundredYears() {
        for (String zone : List.of("UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "+05:45")) {
            for (ChronoUnit period : List.of(ChronoUnit.DAYS, ChronoUnit.WEEKS, ChronoUnit.MONTHS)) {
                Series series = series("2024-01-31T01:45", zone, period);
                Instant due = series.start();
                for (long n = 1; n <= period.between(LocalDate.of(2024, 1, 31), LocalDate.of(2124, 1, 31)); n++) {
                    due = series.after(due);
                    assertThat(due)
                            .as("%s of %s", n, series)
                            .isEqualTo(series.start()
                                    .atZone(series.zone())
                                    .plus(n, period)
                                    .toInstant());
                }
            }
        }
    }

    private static Series series(String localStart, String zone, ChronoUnit period) {
        ZoneId id = ZoneId.of(zone);
        return new Series(LocalDateTime.parse(localStart).atZone(id).toInstant(), id, period);
    }

    private static List<String> dates(Series series, int count) {
        return Stream.iterate(series.after(series.start()), series::after)
                .limit(count)
                .map(due -> due.atZone(series.zone()).toLocalDateTime().toString())
                .toList();
    }
}
