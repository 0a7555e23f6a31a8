package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Replays.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Delivers again, by itself, what a sidecar gave up on without reaching its worker. Replicas may do the same at once. */
@Component
class Redelivery {
    private static final int AT_ONCE = 20;

    private final DeadLetterTable table;
    private final Replays replays;
    private final Clock clock;

    Redelivery(DeadLetterTable table, Replays replays, Clock clock) {
        this.table = table;
        this.replays = replays;
        this.clock = clock;
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
        Instant start = clock.instant();
        List<DeadLetter> some;
        do {
            some = table.unjudged(topic, start, AT_ONCE); // one that was tried has changed since
            for (DeadLetter letter : some) {
                if (replays.redeliver(letter) instanceof Result.Undelivered) {
                    return;
                }
            }
        } while (some.size() == AT_ONCE);
    }
}
