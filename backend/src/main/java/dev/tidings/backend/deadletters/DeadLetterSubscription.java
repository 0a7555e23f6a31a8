package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.DeadLetter.FailedEvent;
import dev.tidings.backend.identity.OpenPath;
import dev.tidings.events.Topic;
import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.Subscription;
import dev.tidings.sidecar.Subscriptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Subscribes to the dead letters. The subscription has no dead-letter topic of its own, so a letter that is not stored is delivered
 * again without end. Therefore every letter can be stored, at least as bytes.
 */
@Configuration(proxyBeanMethods = false)
class DeadLetterSubscription {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterSubscription.class);

    /** A letter has 8 MiB at most, and the sidecar holds a batch several times. */
    private static final int MAX_BATCH = 8;

    private static final Duration MAX_WAIT = Duration.ofMillis(50);

    @Bean
    OpenPath callbacksAreForTheSidecar() {
        return OpenPath.forAnybody(null, "/dapr/config|/dapr/subscribe|/events/dead-letter-queue");
    }

    @Bean
    Subscriptions subscriptions(DeadLetters deadLetters) {
        return new Subscriptions(
                List.of(Subscription.batches(Topic.DEAD_LETTER_QUEUE.wireName(), MAX_BATCH, MAX_WAIT)),
                (topic, batch) -> {
                    batch.forEach(letter -> store(deadLetters, letter));
                    return Collections.nCopies(batch.size(), DeliveryResult.SUCCESS);
                });
    }

    private static void store(DeadLetters deadLetters, ReceivedEvent letter) {
        try {
            deadLetters.receive(FailedEvent.of(letter));
        } catch (DataIntegrityViolationException e) {
            log.error("The database rejects an attribute of a dead letter; only its bytes are stored", e);
            deadLetters.receive(FailedEvent.ofBytes(letter));
        }
    }
}
