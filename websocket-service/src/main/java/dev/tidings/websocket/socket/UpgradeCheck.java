package dev.tidings.websocket.socket;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.core.WebSocketConstants;
import org.jspecify.annotations.Nullable;

/** Checks whether a request is a valid WebSocket upgrade (RFC 6455, 4.2.1). Pure. */
final class UpgradeCheck {
    private static final String PROTOCOL = "websocket";
    private static final int KEY_BYTES = 16;

    private static final int MAX_EXTENSIONS_CHARS = 1_000;

    /** A list of names with parameters (RFC 6455, 9.1). */
    private static final Pattern EXTENSIONS = extensions();

    /** The headers of a 426. RFC 9110 requires {@code Upgrade}. */
    private static final Map<String, String> UPGRADE_NEEDED = Map.of(
            HttpHeader.UPGRADE.asString(),
            PROTOCOL,
            HttpHeader.CONNECTION.asString(),
            "Upgrade",
            HttpHeader.SEC_WEBSOCKET_VERSION.asString(),
            WebSocketConstants.SPEC_VERSION_STRING);

    private final Origins origins;

    private static Pattern extensions() {
        String token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
        String parameter = "\\s*;\\s*" + token + "(?:\\s*=\\s*(?:" + token + "|\"" + token + "\"))?";
        String extension = token + "(?:" + parameter + ")*+";
        return Pattern.compile("\\s*" + extension + "(?:\\s*,\\s*" + extension + ")*+\\s*");
    }

    UpgradeCheck(Origins origins) {
        this.origins = origins;
    }

    /** Returns the reason to reject the request; empty if it is valid. */
    Optional<UpgradeRejection> check(Request request) {
        HttpFields headers = request.getHeaders();
        if (!HttpMethod.GET.is(request.getMethod())) {
            return rejected(
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "method",
                    "a WebSocket is opened with GET",
                    Map.of(HttpHeader.ALLOW.asString(), HttpMethod.GET.asString()));
        }
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
            return needsUpgrade("version", "a WebSocket is opened over HTTP/1.1; proxies must use it too");
        }
        if (!headers.contains(HttpHeader.CONNECTION, "Upgrade") || !headers.contains(HttpHeader.UPGRADE, PROTOCOL)) {
            return needsUpgrade("Upgrade", "this address accepts WebSocket upgrades only: see docs/protocol.md");
        }
        if (!WebSocketConstants.SPEC_VERSION_STRING.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))) {
            return needsUpgrade("Sec-WebSocket-Version", "the version of the WebSocket protocol is 13");
        }
        if (!isKey(headers.get(HttpHeader.SEC_WEBSOCKET_KEY))) {
            return rejected(HttpStatus.BAD_REQUEST_400, "Sec-WebSocket-Key", "the key is not 16 bytes in base64");
        }
        if (!hasReadableExtensions(headers)) {
            return rejected(
                    HttpStatus.BAD_REQUEST_400, "Sec-WebSocket-Extensions", "the list of extensions is malformed");
        }
        if (!hasReadableAddress(request)) {
            return rejected(HttpStatus.BAD_REQUEST_400, "Host", "the host is malformed");
        }
        return switch (origins.check(
                headers.getValuesList(HttpHeader.ORIGIN),
                request.getHttpURI().getScheme(),
                Request.getServerName(request),
                Request.getServerPort(request))) {
            case ALLOWED -> Optional.empty();
            case MALFORMED -> rejected(HttpStatus.BAD_REQUEST_400, "Origin", "the origin is malformed");
            case NOT_ALLOWED ->
                rejected(
                        HttpStatus.FORBIDDEN_403,
                        "Origin",
                        "pages of this origin may not connect: see TIDINGS_ALLOWED_ORIGINS");
        };
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasReadableExtensions(HttpFields headers) {
        return headers.getValuesList(HttpHeader.SEC_WEBSOCKET_EXTENSIONS).stream()
                .allMatch(value -> value.length() <= MAX_EXTENSIONS_CHARS
                        && EXTENSIONS.matcher(value).matches());
    }

    /** Jetty parses the address as a {@code URI} for the session of the socket. */
    private static boolean hasReadableAddress(Request request) {
        try {
            SanitizedUpgradeRequest.addressOf(request).toURI();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Optional<UpgradeRejection> needsUpgrade(String field, String message) {
        return rejected(HttpStatus.UPGRADE_REQUIRED_426, field, message, UPGRADE_NEEDED);
    }

    private static Optional<UpgradeRejection> rejected(int status, String field, String message) {
        return rejected(status, field, message, Map.of());
    }

    private static Optional<UpgradeRejection> rejected(
            int status, String field, String message, Map<String, String> headers) {
        return Optional.of(new UpgradeRejection(status, field, message, headers));
    }
}
