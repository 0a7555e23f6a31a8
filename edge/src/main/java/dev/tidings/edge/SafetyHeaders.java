package dev.tidings.edge;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Adds security headers for browsers to every response; a page replaces the policy by its own. */
final class SafetyHeaders implements HttpConfiguration.Customizer {
    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");
    /** Forbids all content. A service worker is subject to the policy of its own file and must be able to fetch. */
    private static final HttpField NO_CONTENT = new PreEncodedHttpField(
            "Content-Security-Policy", "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");

    @Override
    public Request customize(Request request, HttpFields.Mutable headers) {
        addTo(headers);
        return request;
    }

    static void addTo(HttpFields.Mutable headers) {
        for (HttpField field : new HttpField[] {NO_SNIFFING, NO_REFERRER, NO_CONTENT}) {
            if (!headers.contains(field.getName())) {
                headers.put(field);
            }
        }
        headers.remove(HttpHeader.SERVER);
    }
}
