package dev.tidings.messaging.callback;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a problem document (RFC 9457). */
final class Refusal {
    /** Request attribute: why the request is refused, for the line that the service's edge writes to the log. */
    static final String REASON = "dev.tidings.refusal";

    private Refusal() {}

    /**
     * @param detail without quotes
     * @param reason for operators; may hold what was sent
     */
    static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String title,
            String detail,
            String reason)
            throws IOException {
        request.setAttribute(REASON, reason);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"errors\":[]}"
                        .formatted(title, status, detail)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
