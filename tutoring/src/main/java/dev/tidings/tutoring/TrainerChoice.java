package dev.tidings.tutoring;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Chooses the trainer of a plan; the package documentation states the rules. */
public sealed interface TrainerChoice {
    /** The order of preference. */
    Comparator<Trainer> ORDER = Comparator.comparingInt(Trainer::load).thenComparing(Trainer::id);

    record Chosen(Trainer trainer) implements TrainerChoice {}

    record NoTrainer(NoTrainerReason reason) implements TrainerChoice {}

    /** The rule that no trainer satisfies; some trainer satisfies the rules before it. */
    enum NoTrainerReason {
        NO_TRAINER_WITH_SKILL("no trainer teaches this course"),
        NO_TRAINER_AT_TIME("no trainer of this course works at this time of day on all days"),
        NO_TRAINER_FREE("all trainers of this course have other sessions at this time");

        private final String text;

        NoTrainerReason(String text) {
            this.text = text;
        }

        /** Returns the reason in words, for people. */
        public String text() {
            return text;
        }
    }

    static TrainerChoice among(Collection<Trainer> trainers, String skill, List<PlannedSession> plan) {
        List<Trainer> skilled =
                trainers.stream().filter(trainer -> trainer.canTeach(skill)).toList();
        List<Trainer> working =
                skilled.stream().filter(trainer -> trainer.worksAt(plan)).toList();
        return working.stream()
                .filter(trainer -> trainer.isFreeAt(plan))
                .min(ORDER)
                .<TrainerChoice>map(Chosen::new)
                .orElseGet(() -> new NoTrainer(
                        skilled.isEmpty()
                                ? NoTrainerReason.NO_TRAINER_WITH_SKILL
                                : working.isEmpty()
                                        ? NoTrainerReason.NO_TRAINER_AT_TIME
                                        : NoTrainerReason.NO_TRAINER_FREE));
    }
}
