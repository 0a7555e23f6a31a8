package dev.tidings.systemtests.stack;

import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.TidingsDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The database, where a test must look at it or take something out of it, by the names that operators rely on (R-EV-1). */
public final class Database {

    private final TidingsDatabase tidings;

    Database(TidingsDatabase tidings) {
        this.tidings = tidings;
    }

    /** Rows of the user's stream. */
    public long logged(String userId) {
        return number("SELECT count(*) FROM business_event_log WHERE user_id = ?", userId);
    }

    /** Waits until the user's stream has that number of rows. */
    public void awaitLogged(String userId, long rows) {
        await("%d rows in the log of %s".formatted(rows, userId)).until(() -> logged(userId) == rows);
    }

    /** Names of the events in the user's stream, each its source and its id, in order. */
    public List<String> eventsOf(String userId) {
        return rows("SELECT source, event_id FROM business_event_log WHERE user_id = ? ORDER BY number", userId);
    }

    /** The past is over: all of the user's events are gone from the log, as after its retention. */
    public void forgetLogOf(String userId) {
        update("DELETE FROM business_event_log WHERE user_id = ?", userId);
    }

    public long number(String sql, Object... parameters) {
        try (Connection connection = tidings.superuser().connect();
                PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Each row as a text, its columns with a space between them. */
    public List<String> rows(String sql, Object... parameters) {
        try (Connection connection = tidings.superuser().connect();
                PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public int update(String sql, Object... parameters) {
        try (Connection connection = tidings.superuser().connect();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Does something while a statement has its locks. */
    public void locking(String sql, Object parameter, Runnable action) {
        try (Connection connection = tidings.superuser().connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = prepared(connection, sql, parameter)) {
                statement.execute();
                action.run();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
