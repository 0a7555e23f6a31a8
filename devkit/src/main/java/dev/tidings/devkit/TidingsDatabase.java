package dev.tidings.devkit;

import dev.tidings.topology.App;
import dev.tidings.topology.DatabaseRole;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database laid out for Tidings: a schema for each owner, and a role for each schema that sees nothing else. Workers use the
 * backend's role, since they share its tables; those that publish have a schema of their own for their outbox.
 *
 * <p>A role's {@code search_path} is its schema, so services write unqualified names. The superuser's contains all of them, so an
 * operator's SQL needs no prefixes.
 */
public record TidingsDatabase(String name, Login superuser, Login backend, Login websocket, Login daprState) {

    /** The database of a running system. */
    public static final String NAME = "tidings";

    /** The address and credentials that a connection pool needs. */
    public record Login(String jdbcUrl, String user, String password) {

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    private record Owner(String schema, String role) {
        static Owner of(DatabaseRole role) {
            return new Owner(role.schema(), role.wireName());
        }
    }

    private static final Owner BACKEND = Owner.of(DatabaseRole.BACKEND);
    private static final Owner DELIVERY = Owner.of(DatabaseRole.WEBSOCKET);
    private static final Owner DAPR_STATE = new Owner("dapr_state", "dapr");

    /** Creates the database, its roles and schemas, as far as they are missing. */
    static TidingsDatabase create(String host, int port, String name, String superuser, String superuserPassword) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("Not a database name that needs no quotes: " + name);
        }
        String server = "jdbc:postgresql://%s:%d/".formatted(host, port);
        TidingsDatabase database = new TidingsDatabase(
                name,
                new Login(server + name, superuser, superuserPassword),
                login(server + name, BACKEND),
                login(server + name, DELIVERY),
                login(server + name, DAPR_STATE));
        try {
            database.createDatabase(new Login(server + "postgres", superuser, superuserPassword));
            database.createSchemas();
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not lay out database " + name + " on " + server, e);
        }
    }

    public Login login(DatabaseRole role) {
        return switch (role) {
            case BACKEND -> backend;
            case WEBSOCKET -> websocket;
        };
    }

    /** For Dapr's PostgreSQL state store, whose tables have a schema of their own. */
    public String daprStateConnectionString() {
        String hostAndDatabase = daprState.jdbcUrl().substring("jdbc:postgresql://".length());
        return "postgres://%s:%s@%s?sslmode=disable".formatted(daprState.user(), daprState.password(), hostAndDatabase);
    }

    /** A role's password is its name: the server listens on the loopback interface of a development machine only. */
    private static Login login(String jdbcUrl, Owner owner) {
        return new Login(jdbcUrl, owner.role(), owner.role());
    }

    private void createDatabase(Login maintenance) throws SQLException {
        try (Connection connection = maintenance.connect();
                Statement statement = connection.createStatement()) {
            for (Owner owner : List.of(BACKEND, DELIVERY, DAPR_STATE)) {
                statement.execute("""
                        DO $$ BEGIN
                            CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
                        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                        END $$""".formatted(owner.role()));
            }
            if (!exists(connection)) {
                statement.execute("CREATE DATABASE " + name);
            }
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private void createSchemas() throws SQLException {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (Owner owner : List.of(BACKEND, DELIVERY, DAPR_STATE)) {
                statement.execute(
                        "CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s".formatted(owner.schema(), owner.role()));
                statement.execute("ALTER ROLE %s IN DATABASE %s SET search_path = %s"
                        .formatted(owner.role(), name, owner.schema()));
            }
            // The backend's migration uses it, and its role may not create extensions.
            statement.execute("CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA %s".formatted(BACKEND.schema()));
            for (App worker : App.workers()) {
                if (worker.outboxSchema().isPresent()) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s"
                            .formatted(worker.outboxSchema().get(), BACKEND.role()));
                }
            }
            statement.execute("ALTER DATABASE %s SET search_path = backend, delivery, public".formatted(name));
        }
    }
}
