package dev.tidings.topology;

/** The Dapr state stores, named as their components. */
public enum StateStoreComponent {
    /** Cached screens of students; filled by one app and invalidated by another. */
    CACHE("cache"),
    /** The replicas of the WebSocket service and the streams they have connections for. */
    REGISTRY("registry");

    private final String component;

    StateStoreComponent(String component) {
        this.component = component;
    }

    public String component() {
        return component;
    }
}
