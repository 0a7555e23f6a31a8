package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.Ports;
import dev.tidings.devkit.Postgres;
import dev.tidings.devkit.TidingsDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's {@code database.sql} makes what the services are developed and tested on. */
class DatabaseLayoutIT {

    /** Without Dapr's state tables: the chart keeps state in Redis. */
    private static final String LAYOUT = """
            SELECT 'schema ' || nspname || ' of ' || pg_get_userbyid(nspowner)
              FROM pg_namespace
             WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'dapr_state')
            UNION ALL
            SELECT 'extension ' || extname || ' in ' || extnamespace::regnamespace FROM pg_extension
            UNION ALL
            SELECT 'setting of ' || CASE setrole WHEN 0 THEN 'all' ELSE pg_get_userbyid(setrole) END || ': ' || setconfig::text
              FROM pg_db_role_setting
             WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND pg_get_userbyid(setrole) <> 'dapr'
            UNION ALL
            SELECT 'everybody in public: ' || has_schema_privilege('backend', 'public', 'USAGE')
             ORDER BY 1
            """;

    @TempDir
    Path folder;

    @Test
    void theScriptLaysTheDatabaseOutAsTheDevkitDoes() throws SQLException {
        try (Postgres postgres = Postgres.start(folder.resolve("data"), folder.resolve("log"), Ports.free())) {
            TidingsDatabase.Login devkit =
                    postgres.createDatabase(TidingsDatabase.NAME).superuser();
            TidingsDatabase.Login own =
                    new TidingsDatabase.Login(devkit.jdbcUrl() + "_by_script", devkit.user(), devkit.password());
            try (Connection connection = devkit.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE tidings_by_script");
            }
            try (Connection connection = own.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(script("tidings_by_script"));
            }

            assertThat(layout(own)).hasSizeGreaterThan(5).isEqualTo(layout(devkit));
        }
    }

    /** As psql reads it, but for the roles: the devkit has created them, and they belong to the whole server. */
    private static String script(String database) {
        return Yaml.text(Chart.TIDINGS.resolve("files/scripts/database.sql"))
                .replaceAll("(?m)^CREATE ROLE .*$", "")
                .replace(":\"DBNAME\"", database);
    }

    private static List<String> layout(TidingsDatabase.Login login) throws SQLException {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LAYOUT)) {
            List<String> layout = new ArrayList<>();
            while (rows.next()) {
                layout.add(rows.getString(1));
            }
            return layout;
        }
    }
}
