package dev.tidings.tutoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.tutoring.Trainer.Booking;
import dev.tidings.tutoring.TrainerChoice.Chosen;
import dev.tidings.tutoring.TrainerChoice.NoTrainer;
import dev.tidings.tutoring.TrainerChoice.NoTrainerReason;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TrainerChoiceTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    /** Monday to Friday at four, two weeks long. */
    private static final List<PlannedSession> PLAN =
            SessionPlan.lay(LocalDate.parse("2026-02-02"), LocalTime.of(16, 0), ZoneOffset.UTC, 10, LONG_AGO);

    @Test
    void theLeastLoadedIsChosenAndOfEqualsTheFirstId() {
        assertThat(choose(free("c", 2), free("b", 1), free("a", 1))).isEqualTo("a");
        assertThat(choose(free("b", 1), free("a", 1))).isEqualTo("a");
        assertThat(choose(free("trainer-9", 0), free("trainer-10", 0))).isEqualTo("trainer-10");
    }

    @Test
    void whoCannotTeachItIsNotChosen() {
        Trainer pianist = new Trainer("a", Set.of("piano"), ZoneOffset.UTC, everyDay(0, 1440), 0, List.of());

        assertThat(choose(pianist, free("b", 5))).isEqualTo("b");
        assertThat(reason(pianist)).isEqualTo(NoTrainerReason.NO_TRAINER_WITH_SKILL);
        assertThat(reason()).isEqualTo(NoTrainerReason.NO_TRAINER_WITH_SKILL);
    }

    @Test
    void oneDayOffIsTooMuch() {
        List<Availability> notOnThursdays = everyDay(0, 1440).stream()
                .filter(work -> work.day() != DayOfWeek.THURSDAY)
                .toList();

        assertThat(reason(working(ZoneOffset.UTC, notOnThursdays))).isEqualTo(NoTrainerReason.NO_TRAINER_AT_TIME);
    }

    @Test
    void theWholeSessionMustLieInTheTrainersHours() {
        assertThat(works(ZoneOffset.UTC, everyDay(16 * 60, 17 * 60))).isTrue();
        assertThat(works(ZoneOffset.UTC, everyDay(16 * 60 + 1, 18 * 60))).isFalse();
        assertThat(works(ZoneOffset.UTC, everyDay(15 * 60, 17 * 60 - 1))).isFalse();
        List<Availability> twoHalves = new ArrayList<>(everyDay(15 * 60, 16 * 60 + 30));
        twoHalves.addAll(everyDay(16 * 60 + 30, 18 * 60));
        assertThat(works(ZoneOffset.UTC, twoHalves)).isTrue();
    }

    @Test
    void theHoursAreThoseOfTheTrainersOwnZone() {
        assertThat(works(ZoneId.of("America/New_York"), everyDay(11 * 60, 12 * 60)))
                .isTrue();
        assertThat(works(ZoneId.of("America/New_York"), everyDay(16 * 60, 17 * 60)))
                .isFalse();
    }

    @Test
    void aSessionMayGoOverTheTrainersMidnight() {
        ZoneId plusSevenAndAHalf = ZoneOffset.ofHoursMinutes(7, 30);
        List<Availability> mondayToSaturday = Arrays.stream(DayOfWeek.values())
                .filter(day -> day != DayOfWeek.SUNDAY)
                .map(day -> new Availability(day, 0, 1440))
                .toList();
        List<Availability> mondayToFriday = mondayToSaturday.stream()
                .filter(work -> work.day() != DayOfWeek.SATURDAY)
                .toList();

        assertThat(works(plusSevenAndAHalf, mondayToSaturday)).isTrue();
        assertThat(works(plusSevenAndAHalf, mondayToFriday)).isFalse();
    }

    @Test
    void anHourThatClocksRepeatIsOneTheTrainerMustWorkIn() {
        ZoneId cairo = ZoneId.of("Africa/Cairo");
        List<PlannedSession> plan =
                SessionPlan.lay(LocalDate.parse("2026-10-29"), LocalTime.of(23, 0), cairo, 1, LONG_AGO);

        assertThat(new Trainer("a", Set.of("java"), cairo, everyDay(23 * 60, 1440), 0, List.of()).worksAt(plan))
                .isTrue();
        assertThat(new Trainer("a", Set.of("java"), cairo, everyDay(0, 60), 0, List.of()).worksAt(plan))
                .isFalse();
    }

    @Test
    void oneBookedMinuteIsTooMuchAndASessionThatTouchesIsNot() {
        Instant start = PLAN.get(9).startsAt();

        assertThat(reason(booked(start.plusSeconds(59 * 60), start.plusSeconds(119 * 60))))
                .isEqualTo(NoTrainerReason.NO_TRAINER_FREE);
        assertThat(choose(booked(start.minusSeconds(3_600), start))).isEqualTo("a");
        assertThat(choose(booked(start.plusSeconds(3_600), start.plusSeconds(7_200))))
                .isEqualTo("a");
    }

    @Test
    void theReasonIsTheRuleThatNobodyPassed() {
        Trainer pianist = new Trainer("a", Set.of("piano"), ZoneOffset.UTC, everyDay(0, 1440), 0, List.of());
        Trainer asleep = working(ZoneOffset.UTC, everyDay(0, 60));
        Trainer busy = booked(PLAN.getFirst().startsAt(), PLAN.getFirst().endsAt());

        assertThat(reason(pianist, asleep)).isEqualTo(NoTrainerReason.NO_TRAINER_AT_TIME);
        assertThat(reason(busy, asleep, pianist)).isEqualTo(NoTrainerReason.NO_TRAINER_FREE);
    }

    @RepeatedTest(200)
    void whoeverIsChosenPassesEveryRuleAndNobodyBetterDoesInWhateverOrderTheyCome() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Trainer> trainers = new ArrayList<>(IntStream.range(0, random.nextInt(30))
                .mapToObj(n -> new Trainer(
                        "trainer-" + n,
                        random.nextBoolean() ? Set.of("java", "piano") : Set.of("piano"),
                        ZoneOffset.ofHours(random.nextInt(-12, 13)),
                        everyDay(random.nextInt(12) * 60, 1440 - random.nextInt(12) * 60),
                        random.nextInt(3),
                        random.nextInt(3) > 0 ? List.of() : List.of(anyBooking(random))))
                .toList());

        TrainerChoice choice = TrainerChoice.among(trainers, "java", PLAN);
        Collections.shuffle(trainers, random);

        assertThat(TrainerChoice.among(trainers, "java", PLAN))
                .as("seed %d", seed)
                .isEqualTo(choice);
        List<Trainer> able = trainers.stream()
                .filter(trainer -> trainer.canTeach("java") && trainer.worksAt(PLAN) && trainer.isFreeAt(PLAN))
                .toList();
        switch (choice) {
            case Chosen(Trainer best) ->
                assertThat(able)
                        .as("seed %d", seed)
                        .contains(best)
                        .allSatisfy(other -> assertThat(other.load()).isGreaterThanOrEqualTo(best.load()));
            case NoTrainer(NoTrainerReason _) ->
                assertThat(able).as("seed %d", seed).isEmpty();
        }
    }

    private static Booking anyBooking(Random random) {
        Instant from = PLAN.getFirst().startsAt().plusSeconds(60L * random.nextInt(14 * 24 * 60));
        return new Booking(from, from.plus(SessionPlan.DURATION));
    }

    private static boolean works(ZoneId zone, List<Availability> availability) {
        return TrainerChoice.among(List.of(working(zone, availability)), "java", PLAN) instanceof Chosen;
    }

    private static String choose(Trainer... trainers) {
        return ((Chosen) TrainerChoice.among(List.of(trainers), "java", PLAN))
                .trainer()
                .id();
    }

    private static NoTrainerReason reason(Trainer... trainers) {
        return ((NoTrainer) TrainerChoice.among(List.of(trainers), "java", PLAN)).reason();
    }

    private static Trainer free(String id, int load) {
        return new Trainer(id, Set.of("java"), ZoneOffset.UTC, everyDay(0, 1440), load, List.of());
    }

    private static Trainer working(ZoneId zone, List<Availability> availability) {
        return new Trainer("a", Set.of("java"), zone, availability, 0, List.of());
    }

    private static Trainer booked(Instant from, Instant until) {
        return new Trainer(
                "a", Set.of("java"), ZoneOffset.UTC, everyDay(0, 1440), 0, List.of(new Booking(from, until)));
    }

    private static List<Availability> everyDay(int from, int to) {
        return Arrays.stream(DayOfWeek.values())
                .map(day -> new Availability(day, from, to))
                .toList();
    }
}
