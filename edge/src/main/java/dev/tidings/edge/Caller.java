package dev.tidings.edge;

import org.eclipse.jetty.server.Request;

/**
 * Who sent a request, as the edge recognized it.
 *
 * @param id the user's id; empty unless the standing is {@link CallerKind#USER}
 */
public record Caller(CallerKind kind, String id) {
    public static final Caller ANONYMOUS = new Caller(CallerKind.ANONYMOUS, "");
    public static final Caller TRUSTED = new Caller(CallerKind.TRUSTED, "");

    private static final String ATTRIBUTE = Caller.class.getName();

    public static Caller user(String id) {
        return new Caller(CallerKind.USER, id);
    }

    /** The caller of a request that passed the gate; a stranger before. */
    public static Caller of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : ANONYMOUS;
    }

    void attachTo(Request request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
