package dev.tidings.websocket.log;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/** Why an append failed, by SQLSTATE. */
enum AppendError {
    /** The data cannot be stored: a NUL or an incomplete character, a number out of range, an index entry too large. */
    POISON,
    /** Another writer has committed the same event, or there was a deadlock. */
    CONCURRENT_WRITER,
    /** There is no partition for this time, for example after a long downtime of the service. */
    NO_PARTITION,
    OTHER;

    static AppendError of(DataAccessException e) {
        String state = e.getMostSpecificCause() instanceof SQLException cause && cause.getSQLState() != null
                ? cause.getSQLState()
                : "";
        // Class 54 is "program limit exceeded": nested too deeply, or too long for an index entry.
        if (state.startsWith("22") || state.startsWith("54")) {
            return POISON;
        }
        return switch (state) {
            case "23505", "40001", "40P01" -> CONCURRENT_WRITER;
            case "23514" -> NO_PARTITION;
            default -> OTHER;
        };
    }
}
