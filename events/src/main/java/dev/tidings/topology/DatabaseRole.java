package dev.tidings.topology;

/** The roles of the database. Each owns the schema that its {@code search_path} names. */
public enum DatabaseRole {
    /** The backend and the workers, which share the tutoring tables. */
    BACKEND("backend", "backend"),
    WEBSOCKET("websocket", "delivery");

    private final String wireName;
    private final String schema;

    DatabaseRole(String wireName, String schema) {
        this.wireName = wireName;
        this.schema = schema;
    }

    /** The role's name in the database. */
    public String wireName() {
        return wireName;
    }

    public String schema() {
        return schema;
    }
}
