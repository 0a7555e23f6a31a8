package dev.tidings.backend.deadletters;

import dev.tidings.events.Topic;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the sidecar asks and posts. It has no dead-letter topic of its own: what is not stored comes again, for ever. */
@RestController
class DeadLetterCallback {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterCallback.class);
    private static final String PATH = "/dapr/events/dead-letter-queue";
    /** The bus takes 1 MiB, and base64 makes a third more of it. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final DeadLetters deadLetters;
    private final String pubsub;

    DeadLetterCallback(DeadLetters deadLetters, @Value("${tidings.outbox.pubsub}") String pubsub) {
        this.deadLetters = deadLetters;
        this.pubsub = pubsub;
    }

    record Subscription(String pubsubname, String topic, String route, Map<String, String> metadata) {}

    record Answer(String status) {}

    @GetMapping("/dapr/subscribe")
    List<Subscription> subscriptions() {
        return List.of(
                new Subscription(pubsub, Topic.DEAD_LETTER_QUEUE.wireName(), PATH, Map.of("rawPayload", "true")));
    }

    @PostMapping(PATH)
    Answer deadLetter(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES);
        try {
            deadLetters.receive(ArrivalReader.read(body, request.getHeader("__key")));
            return new Answer("SUCCESS");
        } catch (DataAccessException | CannotCreateTransactionException e) {
            log.warn("A dead letter is left to the sidecar to repeat: {}", e.getMessage());
            return new Answer("RETRY");
        }
    }
}
