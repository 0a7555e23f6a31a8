package dev.tidings.websocket.socket;

import java.util.EnumSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * An upgrade request with the headers that the handshake needs, and without query, credentials and cookies. Later handlers
 * can therefore neither log a token nor fail on its characters, and the session of the socket, which keeps all headers of its
 * request twice, stays small.
 *
 * <p>Offers of extensions are left out, so they are declined: to compress messages costs about 300 KB per connection.
 */
final class SanitizedUpgradeRequest extends Request.Wrapper {
    private static final EnumSet<HttpHeader> KEPT = EnumSet.of(
            HttpHeader.HOST,
            HttpHeader.CONNECTION,
            HttpHeader.UPGRADE,
            HttpHeader.SEC_WEBSOCKET_KEY,
            HttpHeader.SEC_WEBSOCKET_VERSION);

    private final HttpURI uri;
    private final HttpFields headers;

    SanitizedUpgradeRequest(Request request) {
        super(request);
        this.uri = addressOf(request);
        HttpFields.Mutable fields = HttpFields.build();
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() != null && KEPT.contains(field.getHeader())) {
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
