package dev.tidings.edge;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.http.ProblemDetail;

/** Rejects a request with problem details before it reaches the service. */
final class Refusal {
    /** Request attribute with the {@code detail} of the problem, for the log. */
    static final String REASON = Problems.REASON;

    private static final String RETRY_AFTER_SECONDS = "1";

    private Refusal() {}

    static void answer(
            Request request, Response response, Callback callback, int status, String detail, FieldError... errors) {
        write(
                request,
                response,
                Callback.from(() -> new UnreadBody(request, callback).start(), callback::failed),
                Problems.document(status, detail, List.of(errors)));
    }

    /** Writes the problem details as the whole answer. */
    static void write(Request request, Response response, Callback callback, ProblemDetail problem) {
        request.setAttribute(REASON, problem.getDetail());
        response.setStatus(problem.getStatus());
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        SafetyHeaders.addTo(headers);
        boolean comesBack = problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE_503
                || problem.getStatus() == HttpStatus.TOO_MANY_REQUESTS_429;
        if (comesBack && !headers.contains(HttpHeader.RETRY_AFTER)) {
            headers.put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        byte[] body = Problems.json(problem);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, HttpMethod.HEAD.is(request.getMethod()) ? null : ByteBuffer.wrap(body), callback);
    }

    /**
     * Reads and discards the rest of a rejected body, within limits, before the exchange ends: a client that is still writing when the
     * connection closes may lose the answer to a reset (RFC 9112, 9.6).
     */
    private static final class UnreadBody implements Runnable {
        private static final long MAX_BYTES = 8L << 20;
        private static final Duration MAX_TIME = Duration.ofSeconds(5);

        private final Request request;
        private final Callback callback;
        private final long deadline = System.nanoTime() + MAX_TIME.toNanos();
        private long left = MAX_BYTES;

        UnreadBody(Request request, Callback callback) {
            this.request = request;
            this.callback = callback;
        }

        void start() {
            // A client with Expect has not sent its body.
            if (!BodyReader.expectsBody(request) || request.getHeaders().contains(HttpHeader.EXPECT)) {
                callback.succeeded();
                return;
            }
            BodyReader.waitsForClient(request, true);
            var timeout = request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> request.fail(new TimeoutException("the body takes too long")),
                            MAX_TIME.toMillis(),
                            TimeUnit.MILLISECONDS);
            Request.addCompletionListener(request, ignored -> timeout.cancel());
            run();
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                left -= chunk.remaining();
                boolean end = chunk.isLast()
                        || Content.Chunk.isFailure(chunk)
                        || left <= 0
                        || System.nanoTime() - deadline > 0;
                chunk.release();
                if (end) {
                    BodyReader.waitsForClient(request, false);
                    callback.succeeded();
                    return;
                }
            }
        }
    }
}
