package dev.tidings.websocket.health;

import dev.tidings.sidecar.SidecarProbe;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Logs when the sidecar starts and stops consuming the topics of this service. The list of subscriptions of the sidecar is
 * the proof, because the sidecar loads them after it has connected its components. Runs on the thread of the scheduler.
 */
@Component
class SubscriptionWatch {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionWatch.class);

    private final SidecarProbe sidecar;
    private boolean connected;

    SubscriptionWatch(SidecarProbe sidecar) {
        this.sidecar = sidecar;
    }

    @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void check() {
        String complaint = sidecar.complaint();
        if (complaint.isEmpty()) {
            complaint = sidecar.subscriptionComplaint();
        }
        if (complaint.isEmpty() == connected) {
            return;
        }
        connected = complaint.isEmpty();
        if (connected) {
            log.info("Kafka consumer connected successfully: the sidecar holds the subscriptions");
        } else {
            log.warn(
                    "Kafka consumer disconnected: {}; events wait in Kafka until the sidecar consumes again",
                    complaint);
        }
    }
}
