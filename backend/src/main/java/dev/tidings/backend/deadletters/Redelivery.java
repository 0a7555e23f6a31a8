package dev.tidings.backend.deadletters;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Delivers again, by itself, what a sidecar gave up on without reaching its worker. Replicas may do the same at once. */
@Component
class Redelivery {
    /** Then it is an operator's. */
    private static final int MAX_TRIES = 60;

    private static final int AT_ONCE = 20;

    private final DeadLetterTable table;
    private final Replays replays;
    private final String appId;

    Redelivery(DeadLetterTable table, Replays replays, @Value("${spring.application.name}") String appId) {
        this.table = table;
        this.replays = replays;
        this.appId = appId;
    }

    @Scheduled(
            fixedDelayString = "${tidings.dead-letters.redelivery-pause}",
            initialDelayString = "${tidings.dead-letters.redelivery-pause}")
    void redeliver() {
        table.unjudged(MAX_TRIES, AT_ONCE).forEach(letter -> replays.replay(letter, appId));
    }
}
