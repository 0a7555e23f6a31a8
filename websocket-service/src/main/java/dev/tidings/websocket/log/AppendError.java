package dev.tidings.websocket.log;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/** Why the database refused an append, by SQLSTATE. */
enum AppendError {
    /** It cannot hold this data: NUL or half a character in a text, a number out of range, an index entry too large. */
    POISON,
    /** Another writer was faster with the same event, or the two locked each other. */
    CONCURRENT_WRITER,
    /** No partition for this time, as after a long standstill of the service. */
    NO_PARTITION,
    OTHER;

    static AppendError of(DataAccessException e) {
        String state = e.getMostSpecificCause() instanceof SQLException cause && cause.getSQLState() != null
                ? cause.getSQLState()
                : "";
        // Class 54 is "program limit exceeded": nested too deep, or longer than an index entry may be.
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
