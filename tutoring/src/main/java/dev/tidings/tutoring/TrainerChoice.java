package dev.tidings.tutoring;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Who gives the sessions of a plan; the rules stand in the package's documentation. */
public sealed interface TrainerChoice {
    /** Best first. */
    Comparator<Trainer> ORDER = Comparator.comparingInt(Trainer::load).thenComparing(Trainer::id);

    record Chosen(Trainer trainer) implements TrainerChoice {}

    record Nobody(NoTrainerReason reason) implements TrainerChoice {}

    /** Why there is nobody; each reason means that the rules of the ones before it were passed by somebody. */
    enum NoTrainerReason {
        NO_TRAINER_WITH_SKILL("nobody teaches this course"),
        NO_TRAINER_AT_TIME("nobody who teaches this course works at this time of day on all days"),
        NO_TRAINER_FREE("everybody who teaches this course has other sessions at this time");

        private final String text;

        NoTrainerReason(String text) {
            this.text = text;
        }

        /** For people. */
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
                .orElseGet(() -> new Nobody(
                        skilled.isEmpty()
                                ? NoTrainerReason.NO_TRAINER_WITH_SKILL
                                : working.isEmpty()
                                        ? NoTrainerReason.NO_TRAINER_AT_TIME
                                        : NoTrainerReason.NO_TRAINER_FREE));
    }
}
