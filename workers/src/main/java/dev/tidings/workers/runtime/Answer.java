package dev.tidings.workers.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * To the sidecar, which looks at the status only.
 *
 * @param reason for whoever sent a replay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(Status status, @Nullable String reason) {
    static final Answer SUCCESS = new Answer(Status.SUCCESS, null);

    /** Dapr's words. */
    public enum Status {
        SUCCESS,
        /** Again, after a pause. */
        RETRY,
        /** To the dead letters. */
        DROP
    }

    static Answer retry(String reason) {
        return new Answer(Status.RETRY, reason);
    }

    static Answer drop(String reason) {
        return new Answer(Status.DROP, reason);
    }
}
