package dev.tidings.edge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes at most one line about a refused request, and a bounded number of lines per second; the others are counted in the next
 * line. No line has the query, since a token may stand there, nor any character that is not printable ASCII.
 *
 * <p>What users are refused in the normal course of things (4xx) is written at debug level.
 */
final class RefusalLog implements RequestLog {
    private static final Logger log = LoggerFactory.getLogger("dev.tidings.edge.Refused");
    private static final int MAX_PATH = 100;
    private static final int MAX_REASON = 160;

    private final int perSecond;

    @GuardedBy("this")
    private long second = System.nanoTime();

    @GuardedBy("this")
    private int written;

    @GuardedBy("this")
    private long left;

    RefusalLog(int perSecond) {
        this.perSecond = perSecond;
    }

    @Override
    public void log(Request request, Response response) {
        int status = response.getStatus();
        if (status < 400) {
            return;
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
                    missing == 0 ? "" : " (and " + missing + " more requests before it)");
        }
    }

    /** How many lines were left out before this one; -1 if this one is left out too. */
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
