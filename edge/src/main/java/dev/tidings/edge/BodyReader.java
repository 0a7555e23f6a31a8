package dev.tidings.edge;

import dev.tidings.edge.problems.Problems;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.springframework.util.unit.DataSize;

/**
 * Reads the whole body of a request before it calls the next handler. It holds neither a thread nor a slot of a concurrency limit
 * while it waits for the client. It limits the size and the rate of each body, and the memory of all bodies per kind of caller.
 *
 * <p>Jetty's {@code EagerContentHandler} is not sufficient: it does not limit the rate, and keeps whole network buffers for single
 * bytes.
 */
final class BodyReader extends Handler.Wrapper {
    private static final String WAITS_FOR_CLIENT = BodyReader.class.getName();

    private final EdgeSettings settings;
    private final Map<CallerKind, Limits> limits;

    /**
     * The limits of one kind of caller.
     *
     * @param body maximum size of one body, in bytes
     * @param pool maximum size of all bodies in memory, in bytes
     * @param used bytes of all bodies in memory
     */
    private record Limits(long body, long pool, AtomicLong used) {
        static Limits of(DataSize body, long pool) {
            return new Limits(body.toBytes(), pool, new AtomicLong());
        }
    }

    BodyReader(EdgeSettings settings) {
        this.settings = settings;
        this.limits = Map.of(
                CallerKind.TRUSTED,
                Limits.of(
                        settings.maxTrustedBody(), 2 * settings.maxTrustedBody().toBytes()),
                CallerKind.USER,
                Limits.of(settings.maxBody(), settings.maxUserBodies().toBytes()),
                CallerKind.ANONYMOUS,
                Limits.of(settings.maxBody(), settings.maxAnonymousBodies().toBytes()));
    }

    static boolean expectsBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Records at the connection whether its request waits for the client, so that closing it loses no work. */
    static void waitsForClient(Request request, boolean waits) {
        request.getConnectionMetaData().setAttribute(WAITS_FOR_CLIENT, waits);
    }

    static boolean waitsForClient(Attributes connection) {
        return Boolean.TRUE.equals(connection.getAttribute(WAITS_FOR_CLIENT));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!expectsBody(request)) {
            return super.handle(request, response, callback);
        }
        Limits limits = this.limits.get(Caller.of(request).kind());
        new Body(request, response, callback, Objects.requireNonNull(limits)).start();
        return true;
    }

    /** The state of one body. Jetty calls it in one thread at a time. */
    private final class Body implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Limits limits;
        private final long begin = System.nanoTime();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private volatile long received;
        private volatile boolean ended;
        private volatile Scheduler.Task check = () -> false;

        Body(Request request, Response response, Callback callback, Limits limits) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.limits = limits;
        }

        void start() {
            if (request.getLength() > limits.body()) {
                tooLarge();
                return;
            }
            // The bytes stay in memory until the request ends.
            Request.addCompletionListener(request, ignored -> {
                ended = true;
                check.cancel();
                limits.used().addAndGet(-received);
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
                boolean fits = received + size <= limits.body();
                boolean hasRoom = limits.used().addAndGet(size) <= limits.pool();
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
                            "too many bodies are being received: try again after the time in Retry-After");
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
                    "the body is larger than %d bytes".formatted(limits.body()));
        }

        private void refuse(Throwable failure) {
            int status = failure instanceof HttpException http ? http.getCode() : HttpStatus.REQUEST_TIMEOUT_408;
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            Refusal.write(
                    request,
                    response,
                    callback,
                    Problems.document(
                            status,
                            status == HttpStatus.REQUEST_TIMEOUT_408
                                    ? "the body took too long to arrive"
                                    : "the body cannot be read: its framing is not valid HTTP",
                            List.of()));
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

        /** Returns the time limit for the bytes received so far. */
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
