package dev.tidings.edge;

import org.eclipse.jetty.server.Request;

/**
 * The sender of a request, as the edge recognized it.
 *
 * @param id id of the user; empty unless the kind is {@link CallerKind#USER}
 */
public record Caller(CallerKind kind, String id) {
    public static final Caller ANONYMOUS = new Caller(CallerKind.ANONYMOUS, "");
    public static final Caller TRUSTED = new Caller(CallerKind.TRUSTED, "");

    private static final String ATTRIBUTE = Caller.class.getName();

    public static Caller user(String id) {
        return new Caller(CallerKind.USER, id);
    }

    /** Returns the caller of a request that passed the {@link Gate}, and {@link #ANONYMOUS} before. */
    public static Caller of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : ANONYMOUS;
    }

    void attachTo(Request request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
