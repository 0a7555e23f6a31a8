package dev.tidings.profiles;

/** The settings of a service do not allow it to start. */
public final class RefusedStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    RefusedStartException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** Returns the remedy for the operator. */
    String action() {
        return action;
    }
}
