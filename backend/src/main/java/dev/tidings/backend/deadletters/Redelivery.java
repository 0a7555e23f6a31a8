package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.Replays.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Redelivers events that a sidecar gave up on without reaching its worker. Replicas may do so at the same time. */
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
        table.topicsWithoutConsumer().forEach(this::redeliver);
    }

    /**
     * Redelivers each dead letter once, until a worker is unreachable. The next run starts with the dead letters that this run did
     * not reach.
     */
    private void redeliver(String topic) {
        Instant start = clock.instant();
        List<DeadLetter> some;
        do {
            some = table.withoutConsumer(topic, start, AT_ONCE); // a redelivery updates the time of the change
            for (DeadLetter letter : some) {
                if (replays.redeliver(letter) instanceof Result.Undelivered) {
                    return;
                }
            }
        } while (some.size() == AT_ONCE);
    }
}
