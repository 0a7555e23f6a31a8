package dev.tidings.tutoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SessionPlanTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalTime FOUR = LocalTime.of(16, 0);

    @Test
    void thereIsASessionOnEachWorkingDayFromTheStartDateOn() {
        List<PlannedSession> plan = lay("2026-02-05", FOUR, ZoneOffset.UTC, 4, LONG_AGO);

        assertThat(plan)
                .extracting(session -> session.date().toString())
                .containsExactly("2026-02-05", "2026-02-06", "2026-02-09", "2026-02-10");
        assertThat(plan).extracting(PlannedSession::time).containsOnly(FOUR);
        assertThat(plan.getFirst().startsAt()).isEqualTo("2026-02-05T16:00:00Z");
        assertThat(plan.getFirst().endsAt()).isEqualTo("2026-02-05T17:00:00Z");
    }

    @Test
    void aStartOnAWeekendMovesToMonday() {
        assertThat(lay("2026-02-07", FOUR, ZoneOffset.UTC, 1, LONG_AGO)
                        .getFirst()
                        .date())
                .isEqualTo("2026-02-09");
    }

    @Test
    void monthEndsYearEndsAndLeapDaysAreDaysLikeOthers() {
        assertThat(lay("2028-02-28", FOUR, ZoneOffset.UTC, 3, LONG_AGO))
                .extracting(session -> session.date().toString())
                .containsExactly("2028-02-28", "2028-02-29", "2028-03-01");
        assertThat(lay("2026-02-27", FOUR, ZoneOffset.UTC, 2, LONG_AGO))
                .extracting(session -> session.date().toString())
                .containsExactly("2026-02-27", "2026-03-02");
        assertThat(lay("2026-12-31", FOUR, ZoneOffset.UTC, 2, LONG_AGO))
                .extracting(session -> session.date().toString())
                .containsExactly("2026-12-31", "2027-01-01");
    }

    @Test
    void nothingIsPlannedIntoThePast() {
        Instant afternoon = Instant.parse("2026-02-10T16:00:00Z");

        assertThat(lay("2026-01-01", FOUR, ZoneOffset.UTC, 1, afternoon)
                        .getFirst()
                        .date())
                .isEqualTo("2026-02-11");
        assertThat(lay("2026-01-01", FOUR, ZoneOffset.UTC, 1, afternoon.minusMillis(1))
                        .getFirst()
                        .date())
                .isEqualTo("2026-02-10");
    }

    @Test
    void todayIsTodayInTheZoneOfTheStudent() {
        Instant now = Instant.parse("2026-02-10T22:30:00Z");

        assertThat(lay("2026-02-10", LocalTime.of(9, 0), ZoneId.of("Asia/Tokyo"), 1, now)
                        .getFirst()
                        .startsAt())
                .isEqualTo("2026-02-11T00:00:00Z");
        assertThat(lay("2026-02-10", LocalTime.of(20, 0), ZoneId.of("America/New_York"), 1, now)
                        .getFirst()
                        .startsAt())
                .isEqualTo("2026-02-11T01:00:00Z");
    }

    @Test
    void theTimeOfDayStaysWhenClocksChange() {
        List<PlannedSession> plan = lay("2026-03-27", FOUR, BERLIN, 2, LONG_AGO);

        assertThat(plan)
                .extracting(session -> session.startsAt().toString())
                .containsExactly("2026-03-27T15:00:00Z", "2026-03-30T14:00:00Z");
    }

    /** Cairo puts its clocks forward at midnight to a Friday, and back at midnight after a Thursday. */
    @Test
    void aSlotThatADayLacksBeginsLaterAndOneThatItHasTwiceAtTheFirst() {
        ZoneId cairo = ZoneId.of("Africa/Cairo");
        PlannedSession missing =
                lay("2026-04-24", LocalTime.of(0, 30), cairo, 1, LONG_AGO).getFirst();
        PlannedSession twice =
                lay("2026-10-29", LocalTime.of(23, 30), cairo, 1, LONG_AGO).getFirst();

        assertThat(missing.date()).isEqualTo("2026-04-24");
        assertThat(missing.startsAt()).isEqualTo("2026-04-23T22:30:00Z");
        assertThat(missing.startsAt().atZone(cairo).toLocalTime()).isEqualTo("01:30");
        assertThat(twice.date()).isEqualTo("2026-10-29");
        assertThat(twice.startsAt()).isEqualTo("2026-10-29T20:30:00Z");
    }

    @Test
    void moreThanTheLargestTierIsNoPlan() {
        assertThatThrownBy(() -> lay("2026-02-05", FOUR, BERLIN, 31, LONG_AGO)).hasMessageContaining("31");
        assertThat(lay("2026-02-05", FOUR, BERLIN, 0, LONG_AGO)).isEmpty();
    }

    @RepeatedTest(200)
    void everyPlanIsCompleteInOrderOnWorkingDaysAndAhead() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
        LocalDate start = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(3_000));
        Instant now = start.plusDays(random.nextInt(21) - 10L)
                .atStartOfDay(zone)
                .plusSeconds(random.nextInt(86_400))
                .toInstant();
        LocalTime slot = LocalTime.of(random.nextInt(24), random.nextInt(60));
        int count = random.nextInt(31);

        List<PlannedSession> plan = SessionPlan.lay(start, slot, zone, count, now);

        assertThat(plan).as("seed %d", seed).hasSize(count).allSatisfy(session -> {
            assertThat(session.date()).isAfterOrEqualTo(start);
            assertThat(session.startsAt()).isAfter(now);
            assertThat(session.date().getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
            assertThat(Duration.between(session.startsAt(), session.endsAt())).isEqualTo(SessionPlan.DURATION);
        });
        for (int i = 1; i < plan.size(); i++) {
            assertThat(plan.get(i).date())
                    .as("seed %d", seed)
                    .isAfter(plan.get(i - 1).date());
            assertThat(plan.get(i).startsAt())
                    .as("seed %d", seed)
                    .isAfterOrEqualTo(plan.get(i - 1).endsAt());
        }
    }

    private static List<PlannedSession> lay(String start, LocalTime slot, ZoneId zone, int count, Instant now) {
        return SessionPlan.lay(LocalDate.parse(start), slot, zone, count, now);
    }
}
