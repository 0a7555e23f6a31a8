package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Replays.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Delivers again, by itself, what a sidecar gave up on without reaching its worker. Replicas may do the same at once. */
@Component
class Redelivery {
    private static final int AT_ONCE = 20;

    private final DeadLetterTable table;
    private final Replays replays;

    Redelivery(DeadLetterTable table, Replays replays) {
        this.table = table;
        this.replays = replays;
    }

    @Scheduled(
            fixedDelayString = "${tidings.dead-letters.redelivery-pause}",
            initialDelayString = "${tidings.dead-letters.redelivery-pause}")
    void redeliver() {
        table.unjudgedTopics().forEach(this::redeliver);
    }

    /**
     * Each once, until a worker cannot be reached: the others would not reach it either. The next time, those come first that
     * came last.
     */
    private void redeliver(String topic) {
        Set<UUID> tried = new HashSet<>();
        List<DeadLetter> some;
        do {
            some = table.unjudged(topic, AT_ONCE);
            for (DeadLetter letter : some) {
                if (!tried.add(letter.id()) || replays.redeliver(letter) instanceof Result.Unreachable) {
                    return;
                }
            }
        } while (some.size() == AT_ONCE);
    }
}
