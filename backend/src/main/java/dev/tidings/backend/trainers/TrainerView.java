package dev.tidings.backend.trainers;

import dev.tidings.tutoring.Availability;
import java.util.List;
import java.util.Locale;

/**
 * The JSON of a trainer.
 *
 * @param students current number of students
 */
record TrainerView(
        String trainerId,
        String name,
        String timeZone,
        boolean active,
        List<String> skills,
        List<Work> availability,
        int students) {

    /** @param to {@code 24:00} is the end of the day */
    record Work(String day, String from, String to) {
        static Work of(Availability work) {
            return new Work(work.day().name().toLowerCase(Locale.ROOT), time(work.fromMinute()), time(work.toMinute()));
        }

        private static String time(int minute) {
            return "%02d:%02d".formatted(minute / 60, minute % 60);
        }
    }

    static TrainerView of(String id, TrainerProfile profile, int students) {
        return new TrainerView(
                id,
                profile.name(),
                profile.zone().getId(),
                profile.active(),
                profile.skills().stream().sorted().toList(),
                profile.availability().stream().map(Work::of).toList(),
                students);
    }
}
