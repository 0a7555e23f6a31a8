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

/** Maps unexpected exceptions to problem details: 503 if the database is unavailable or busy, 500 for a bug. */
public final class ExceptionProblems {
    private static final Logger log = LoggerFactory.getLogger(ExceptionProblems.class);

    private static final String NOTHING_CHANGED = "the database is busy or unavailable; nothing was changed, try again";
    private static final String UNKNOWN =
            "the database became unavailable during this request; whether the change was committed is not"
                    + " known: check, or send the same request again with the same Idempotency-Key";
    private static final String BUG = "internal error; the log has the details";

    /** Classes of SQLSTATE: connection, resources, operator intervention, and rollbacks that a retry may avoid. */
    private static final Set<String> UNAVAILABLE_OR_BUSY = Set.of("08", "53", "57", "40", "55");

    private static final int MAX_CAUSES = 20;

    private ExceptionProblems() {}

    /** Returns the problem details of an unexpected exception and logs it. */
    public static ProblemDetail problemOf(Throwable failure) {
        if (isDatabase(failure)) {
            boolean untouched = failure instanceof CannotCreateTransactionException
                    || failure instanceof CannotGetJdbcConnectionException
                    || failure instanceof TransientDataAccessException;
            log.debug("A request is answered with 503, because the database is unavailable", failure);
            return Problems.document(503, untouched ? NOTHING_CHANGED : UNKNOWN, List.of());
        }
        log.error("A request failed and is answered with 500", failure);
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
                    || (cause instanceof SQLException sql && isUnavailableOrBusy(sql))
                    || (cause instanceof TransactionSystemException system
                            && system.getApplicationException() != null
                            && isDatabase(system.getApplicationException()))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isUnavailableOrBusy(SQLException failure) {
        String state = failure.getSQLState();
        // Without a state, the driver or the pool failed, for example because of a closed connection.
        return state == null || state.length() < 2 || UNAVAILABLE_OR_BUSY.contains(state.substring(0, 2));
    }
}
