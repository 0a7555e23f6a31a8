package dev.tidings.edge.problems;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells a database that is away or busy (503) from a bug (500). */
public final class ExceptionProblems {
    private static final Logger log = LoggerFactory.getLogger(ExceptionProblems.class);

    private static final String NOTHING_CHANGED = "the database is busy or away; nothing was changed, try again";
    private static final String UNKNOWN =
            "the database went away while it worked on this; whether it took the change is not"
                    + " known: look, or send the same request again with the same Idempotency-Key";
    private static final String BUG = "this should not have happened; it is in the log";

    /** Classes of SQLSTATE: connection, resources, operator intervention, and rollbacks that another try may avoid. */
    private static final Set<String> AWAY_OR_BUSY = Set.of("08", "53", "57", "40", "55");

    private static final int MAX_CAUSES = 20;

    private ExceptionProblems() {}

    /** Makes the answer to an exception that nobody expected, and logs it. */
    public static ProblemDetail problemOf(Throwable failure) {
        if (isDatabase(failure)) {
            boolean untouched = failure instanceof CannotCreateTransactionException
                    || failure instanceof CannotGetJdbcConnectionException
                    || failure instanceof TransientDataAccessException;
            log.debug("A request is answered 503, since the database did not take it", failure);
            return Problems.document(503, untouched ? NOTHING_CHANGED : UNKNOWN, List.of());
        }
        log.error("A request failed and is answered 500", failure);
        return Problems.document(500, BUG, List.of());
    }

    private static boolean isDatabase(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLTransientException
                    || cause instanceof SQLRecoverableException
                    || (cause instanceof SQLException sql && isAwayOrBusy(sql))
                    || (cause instanceof TransactionSystemException system
                            && system.getApplicationException() != null
                            && isDatabase(system.getApplicationException()))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isAwayOrBusy(SQLException failure) {
        String state = failure.getSQLState();
        // Without a state the driver or the pool itself failed: a closed connection, for example.
        return state == null || state.length() < 2 || AWAY_OR_BUSY.contains(state.substring(0, 2));
    }
}
