package dev.tidings.edge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs rejected requests, at most one line each and a limited number of lines per second; the next line counts the skipped ones. A line
 * contains neither the query, which may have a token, nor characters other than printable ASCII.
 *
 * <p>Rejections of users with 4xx are logged at debug level.
 */
final class RefusalLog implements RequestLog {
    private static final Logger log = LoggerFactory.getLogger("dev.tidings.edge.Refused");
    private static final int MAX_PATH = 100;
    private static final int MAX_REASON = 160;

    private final int perSecond;
    private final Runnable overloaded;

    @GuardedBy("this")
    private long second = System.nanoTime();

    @GuardedBy("this")
    private int written;

    @GuardedBy("this")
    private long left;

    /** @param overloaded is called for each request that was rejected because a limit was reached; must not block */
    RefusalLog(int perSecond, Runnable overloaded) {
        this.perSecond = perSecond;
        this.overloaded = overloaded;
    }

    @Override
    public void log(Request request, Response response) {
        int status = response.getStatus();
        if (status < 400) {
            return;
        }
        if (status == HttpStatus.TOO_MANY_REQUESTS_429 || status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            overloaded.run();
        }
        if (status < 500 && Caller.of(request).kind() == CallerKind.USER) {
            log.debug("Refused {}", line(request, status));
            return;
        }
        long missing = admit();
        if (missing >= 0) {
            log.info(
                    "Refused {}{}",
                    line(request, status),
                    missing == 0 ? "" : " (" + missing + " earlier rejections were not logged)");
        }
    }

    /** Returns the number of lines skipped before this one; -1 to skip this one too. */
    private synchronized long admit() {
        long now = System.nanoTime();
        if (now - second >= 1_000_000_000L) {
            second = now;
            written = 0;
        }
        if (written >= perSecond) {
            left++;
            return -1;
        }
        written++;
        long missing = left;
        left = 0;
        return missing;
    }

    private static String line(Request request, int status) {
        Object reason = request.getAttribute(Refusal.REASON);
        return "%s %s from %s: %d%s"
                .formatted(
                        printable(request.getMethod(), 16),
                        printable(String.valueOf(request.getHttpURI().getPath()), MAX_PATH),
                        Request.getRemoteAddr(request),
                        status,
                        reason == null ? "" : ", " + printable(reason.toString(), MAX_REASON));
    }

    static String printable(String text, int max) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < max; i++) {
            char c = text.charAt(i);
            line.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return line.length() < text.length() ? line + "…" : line.toString();
    }
}
