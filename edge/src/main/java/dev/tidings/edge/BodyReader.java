package dev.tidings.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads the whole body of a request before the next handler is called. While it waits for the client it holds neither a
 * thread nor a place in a lane. Bounded are the size of one body, its rate, and the memory that all bodies of one standing take.
 *
 * <p>Jetty's {@code EagerContentHandler} does not do: it has no bound on the rate, and keeps whole network buffers for single
 * bytes that drip.
 */
final class BodyReader extends Handler.Wrapper {
    private static final String WAITS_FOR_CLIENT = BodyReader.class.getName();

    private final EdgeSettings settings;
    private final AtomicLong anonymousBytes = new AtomicLong();
    private final AtomicLong usersBytes = new AtomicLong();
    private final AtomicLong trustedBytes = new AtomicLong();

    BodyReader(EdgeSettings settings) {
        this.settings = settings;
    }

    static boolean expectsBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Notes at the connection whether its request waits for bytes of the client, and can be ended without loss of work. */
    static void waitsForClient(Request request, boolean waits) {
        request.getConnectionMetaData().setAttribute(WAITS_FOR_CLIENT, waits);
    }

    static boolean waitsForClient(org.eclipse.jetty.util.Attributes connection) {
        return Boolean.TRUE.equals(connection.getAttribute(WAITS_FOR_CLIENT));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!expectsBody(request)) {
            return super.handle(request, response, callback);
        }
        Body body = switch (Caller.of(request).kind()) {
            case TRUSTED ->
                new Body(
                        request,
                        response,
                        callback,
                        settings.maxTrustedBody().toBytes(),
                        trustedBytes,
                        2 * settings.maxTrustedBody().toBytes());
            case USER ->
                new Body(
                        request,
                        response,
                        callback,
                        settings.maxBody().toBytes(),
                        usersBytes,
                        settings.maxUserBodies().toBytes());
            case ANONYMOUS ->
                new Body(
                        request,
                        response,
                        callback,
                        settings.maxBody().toBytes(),
                        anonymousBytes,
                        settings.maxAnonymousBodies().toBytes());
        };
        body.start();
        return true;
    }

    /** One body on its way. Runs in one thread at a time, as Jetty calls back. */
    private final class Body implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final long maxBytes;
        private final AtomicLong pool;
        private final long poolBytes;
        private final long begin = System.nanoTime();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private volatile long received;
        private volatile boolean ended;
        private volatile Scheduler.Task check = () -> false;

        Body(Request request, Response response, Callback callback, long maxBytes, AtomicLong pool, long poolBytes) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.maxBytes = maxBytes;
            this.pool = pool;
            this.poolBytes = poolBytes;
        }

        void start() {
            if (request.getLength() > maxBytes) {
                tooLarge();
                return;
            }
            // The bytes are in memory until the request ends, whoever refuses or handles it.
            Request.addCompletionListener(request, ignored -> {
                ended = true;
                check.cancel();
                pool.addAndGet(-received);
            });
            waitsForClient(request, true);
            checkLater();
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
                if (Content.Chunk.isFailure(chunk)) {
                    end();
                    refuse(chunk.getFailure());
                    return;
                }
                int size = chunk.remaining();
                boolean fits = received + size <= maxBytes;
                boolean hasRoom = pool.addAndGet(size) <= poolBytes;
                received += size;
                if (fits && hasRoom && size > 0) {
                    byte[] copy = new byte[size];
                    chunk.getByteBuffer().get(copy);
                    bytes.writeBytes(copy);
                }
                boolean last = chunk.isLast();
                chunk.release();
                if (!fits) {
                    end();
                    tooLarge();
                    return;
                }
                if (!hasRoom) {
                    end();
                    Refusal.answer(
                            request,
                            response,
                            callback,
                            HttpStatus.SERVICE_UNAVAILABLE_503,
                            "too many bodies are on their way: try again after the time in Retry-After");
                    return;
                }
                if (last) {
                    end();
                    pass();
                    return;
                }
            }
        }

        private void pass() {
            try {
                if (!BodyReader.super.handle(new WholeRequest(request, bytes.toByteArray()), response, callback)) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable e) {
                Response.writeError(request, response, callback, e);
            }
        }

        private void end() {
            ended = true;
            check.cancel();
            waitsForClient(request, false);
        }

        private void tooLarge() {
            Refusal.answer(
                    request,
                    response,
                    callback,
                    HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "the body is larger than %d bytes".formatted(maxBytes));
        }

        private void refuse(Throwable failure) {
            int status = failure instanceof HttpException http ? http.getCode() : HttpStatus.REQUEST_TIMEOUT_408;
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            Refusal.write(
                    request,
                    response,
                    callback,
                    dev.tidings.edge.problems.Problems.document(
                            status,
                            status == HttpStatus.REQUEST_TIMEOUT_408
                                    ? "the body took too long to arrive"
                                    : "the body cannot be read: its framing is not valid HTTP",
                            java.util.List.of()));
        }

        private void checkLater() {
            if (ended) {
                return;
            }
            long delay = Math.max(
                    100, allowed().minusNanos(System.nanoTime() - begin).toMillis() + 1);
            check = request.getComponents().getScheduler().schedule(this::check, delay, TimeUnit.MILLISECONDS);
            if (ended) {
                check.cancel();
            }
        }

        private void check() {
            if (ended) {
                return;
            }
            if (System.nanoTime() - begin < allowed().toNanos()) {
                checkLater();
            } else {
                ended = true;
                request.fail(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
            }
        }

        /** The time in which what was received may have come. */
        private Duration allowed() {
            return settings.bodyGrace()
                    .plusMillis(received * 1000 / settings.minBodyRate().toBytes());
        }
    }

    /** A request whose body is in memory. */
    private static final class WholeRequest extends Request.Wrapper {
        private final byte[] body;
        private boolean read;

        WholeRequest(Request request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public Content.Chunk read() {
            if (read) {
                return Content.Chunk.EOF;
            }
            read = true;
            return Content.Chunk.from(ByteBuffer.wrap(body), true);
        }

        @Override
        public void demand(Runnable available) {
            available.run();
        }
    }
}
