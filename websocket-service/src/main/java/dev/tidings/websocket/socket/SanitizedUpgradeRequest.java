package dev.tidings.websocket.socket;

import java.util.EnumSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * An upgrade request without query, credentials, origin and cookies. Later handlers can therefore neither log a token nor
 * fail on its characters.
 */
final class SanitizedUpgradeRequest extends Request.Wrapper {
    private static final EnumSet<HttpHeader> HIDDEN = EnumSet.of(
            HttpHeader.AUTHORIZATION,
            HttpHeader.PROXY_AUTHORIZATION,
            HttpHeader.COOKIE,
            HttpHeader.REFERER,
            HttpHeader.ORIGIN,
            HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);

    private final HttpURI uri;
    private final HttpFields headers;

    SanitizedUpgradeRequest(Request request) {
        super(request);
        this.uri = addressOf(request);
        HttpFields.Mutable fields = HttpFields.build();
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() != null && !HIDDEN.contains(field.getHeader())) {
                fields.add(field);
            }
        }
        if (Handshake.offersSubprotocol(request.getHeaders())) {
            fields.put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, Handshake.SUBPROTOCOL);
        }
        this.headers = fields.asImmutable();
    }

    /** Returns scheme, host, port and path. */
    static HttpURI addressOf(Request request) {
        HttpURI.Mutable address = HttpURI.build(request.getHttpURI());
        return address.path(request.getHttpURI().getCanonicalPath())
                .param(null)
                .query(null)
                .fragment(null)
                .asImmutable();
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }
}
