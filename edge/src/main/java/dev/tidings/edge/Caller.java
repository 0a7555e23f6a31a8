package dev.tidings.edge;

import org.eclipse.jetty.server.Request;

/**
 * Who sent a request, as the edge recognized it.
 *
 * @param id the user's id; empty unless the standing is {@link Standing#USER}
 */
public record Caller(Standing standing, String id) {
    public static final Caller STRANGER = new Caller(Standing.STRANGER, "");
    public static final Caller TRUSTED = new Caller(Standing.TRUSTED, "");

    private static final String ATTRIBUTE = Caller.class.getName();

    public static Caller user(String id) {
        return new Caller(Standing.USER, id);
    }

    /** The caller of a request that passed the gate; a stranger before. */
    public static Caller of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : STRANGER;
    }

    void attachTo(Request request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
