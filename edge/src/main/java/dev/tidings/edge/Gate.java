package dev.tidings.edge;

import dev.tidings.edge.ConcurrencyLimits.RequestClass;
import dev.tidings.edge.problems.FieldError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponentsBuilder;

/** Rejects requests that no service accepts, by their head alone, and recognizes the callers of the others. */
final class Gate extends Handler.Wrapper {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final String SECRET_HEADER = "dapr-api-token";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String ALLOW = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final List<HttpHeader> TYPES = List.of(HttpHeader.ACCEPT, HttpHeader.CONTENT_TYPE);
    private static final Set<String> OFF = Set.of("TRACE", "TRACK", "CONNECT");

    private final CallerRecognizer callers;
    private final byte[] trustedSecret;
    private final String upgradePath;

    Gate(CallerRecognizer callers, EdgeSettings settings) {
        this.callers = callers;
        this.trustedSecret = settings.trustedSecret().getBytes(StandardCharsets.UTF_8);
        this.upgradePath = settings.upgradePath();
    }

    private record Objection(int status, String detail, FieldError... errors) {
        static Objection to(FieldError error) {
            return new Objection(400, "'%s' %s".formatted(error.field(), error.message()), error);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Objection objection = objection(request, response);
        if (objection != null) {
            Refusal.answer(request, response, callback, objection.status, objection.detail, objection.errors);
            return true;
        }
        Caller caller = recognize(request);
        caller.attachTo(request);
        if (caller.kind() != CallerKind.ANONYMOUS) {
            ConnectionGuard.markKnown(request);
        }
        if (upgradePath.equals(request.getHttpURI().getPath())) {
            RequestClass.markUpgrade(request);
        }
        return super.handle(request, response, callback);
    }

    private static @Nullable Objection objection(Request request, Response response) {
        String method = request.getMethod();
        if (!METHODS.contains(method)) {
            response.getHeaders().put(HttpHeader.ALLOW, ALLOW);
            return OFF.contains(method)
                    ? new Objection(405, "no path accepts this method")
                    : new Objection(501, "this method is not supported");
        }
        boolean old = request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_1_1.getVersion();
        if (old && "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
            // Otherwise a proxy that forwards an upgrade as HTTP/1.0 would receive an empty 200.
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            return new Objection(426, "an upgrade needs HTTP/1.1, but a proxy sent HTTP/1.0");
        }
        Optional<FieldError> uri = UriText.mistakeIn(
                Objects.requireNonNullElse(request.getHttpURI().getPath(), ""),
                request.getHttpURI().getQuery());
        return uri.map(Objection::to).orElseGet(() -> objection(request));
    }

    private static @Nullable Objection objection(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !isOrigin(origin)) {
            return Objection.to(new FieldError("Origin", "is not an origin such as https://example.com"));
        }
        for (HttpHeader types : TYPES) {
            String value = String.join(", ", request.getHeaders().getValuesList(types));
            if (!isListOfTypes(value)) {
                return Objection.to(new FieldError(types.asString(), "is not a media type such as application/json"));
            }
        }
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return new Objection(
                    415, "no path accepts a multipart body", new FieldError("Content-Type", "must not be multipart"));
        }
        HttpField encoding = request.getHeaders().getField(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.getValue().strip().equalsIgnoreCase("identity")) {
            return new Objection(
                    415, "no path accepts a compressed body", new FieldError("Content-Encoding", "must be left out"));
        }
        return null;
    }

    /** Parses the header as Spring does, which logs a stack trace for some malformed values. */
    private static boolean isListOfTypes(String value) {
        try {
            MediaType.parseMediaTypes(value);
            return true;
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Parses the header as Spring does, which throws for malformed values. */
    private static boolean isOrigin(String origin) {
        try {
            return UriComponentsBuilder.fromUriString(origin).build().getPort() <= 65_535;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Caller recognize(Request request) {
        String secret = request.getHeaders().get(SECRET_HEADER);
        if (trustedSecret.length > 0
                && secret != null
                && MessageDigest.isEqual(trustedSecret, secret.getBytes(StandardCharsets.UTF_8))) {
            return Caller.TRUSTED;
        }
        try {
            return callers.recognize(new Head(request));
        } catch (RuntimeException e) {
            log.error("A bug: recognizing the caller of a request failed; the caller is anonymous", e);
            return Caller.ANONYMOUS;
        }
    }

    private record Head(Request request) implements RequestHead {
        @Override
        public String path() {
            return Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        }

        @Override
        public String query() {
            return Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        }

        @Override
        public @Nullable String header(String name) {
            return request.getHeaders().get(name);
        }

        @Override
        public void attribute(String name, Object value) {
            request.setAttribute(name, value);
        }
    }
}
