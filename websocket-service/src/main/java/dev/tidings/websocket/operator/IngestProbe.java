package dev.tidings.websocket.operator;

import dev.tidings.sidecar.SidecarProbe;
import dev.tidings.websocket.log.StatementWatch;
import dev.tidings.websocket.log.StatementWatch.SlowStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Examines why an event that was published may not be in the log yet. Thread-safe; blocks on the sidecar and the database. */
@Component
class IngestProbe {
    /**
     * The state of ingest, as the answering replica sees it.
     *
     * @param sidecar why its sidecar or one of its components does not accept calls; empty if they do
     * @param subscriptions the topics that its sidecar consumes
     * @param slowStatement the oldest statement of this service that has been running for more than a second; null if there is none
     */
    record IngestState(
            String sidecar,
            List<String> subscriptions,
            @Nullable SlowStatement slowStatement) {}

    private final SidecarProbe sidecar;
    private final StatementWatch statements;

    IngestProbe(SidecarProbe sidecar, StatementWatch statements) {
        this.sidecar = sidecar;
        this.statements = statements;
    }

    IngestState state() {
        return new IngestState(
                sidecar.complaint(),
                sidecar.subscribedTopics(),
                statements.slowest().orElse(null));
    }
}
