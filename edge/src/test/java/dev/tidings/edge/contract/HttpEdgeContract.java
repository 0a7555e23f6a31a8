package dev.tidings.edge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tidings.edge.contract.RawHttp.Answer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * R-RL-1 and R-RL-5 for callers without a token: every odd request is refused by a problem document that blames the request,
 * costs no disk, and writes at most one short line to the log.
 */
public interface HttpEdgeContract {
    /** The service's port on the loopback interface. */
    int edgePort();

    /** A path that exists and needs no token. */
    default String openPath() {
        return "/health/live";
    }

    /** Requests that no service takes, and the status of each. */
    static Stream<String> oddRequests(String open) {
        String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        return Stream.of(
                "400 GET " + open + "?x=%zz" + end,
                "400 GET " + open + "?x=%ff" + end,
                "400 GET " + open + "?x=%" + end,
                "400 GET " + open + "?x=%00" + end,
                "400 GET " + open + "?%00=x" + end,
                "400 GET " + open + "?x=%c0%80" + end,
                "400 GET /health/../x" + end,
                "400 GET /health/%2e%2e/x" + end,
                "400 GET /health/.;a=b/x" + end,
                "400 GET /api/%00" + end,
                "400 GET /api/%zz" + end,
                "400 GET /api/%ff" + end,
                "400 GET //health" + end,
                "400 OPTIONS *" + end,
                "405 TRACE " + open + end,
                "405 TRACK " + open + end,
                "501 EXPLODE " + open + end,
                "505 GET " + open + " HTTP/3.7\r\nHost: localhost\r\n\r\n",
                "505 GET " + open + "\r\n\r\n",
                "426 PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "400 GET " + open + " HTTP/1.1\r\n\r\n",
                "400 GET " + open + " HTTP/1.1\r\nHost: a b\r\n\r\n",
                "400 GET " + open + " HTTP/1.1\r\nHost: x:99999\r\n\r\n",
                "400 GET " + open + " HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
                "400 GET " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "400 POST " + open + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "400 GET " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:evil\r\nConnection: close\r\n\r\n",
                "400 GET " + open + " HTTP/1.1\r\nHost: localhost\r\nAccept: nonsense\r\nConnection: close\r\n\r\n",
                "400 GET " + open + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b/c\r\nConnection: close\r\n\r\n",
                "417 GET " + open + " HTTP/1.1\r\nHost: localhost\r\nExpect: a miracle\r\n\r\n",
                "426 GET /ws HTTP/1.0\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "431 GET " + open + " HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "414 GET /" + "x".repeat(20_000) + end,
                "400 GET /" + "\u0001" + end,
                "400 \u0001\u0002\r\n\r\n",
                "415 POST " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
                "415 POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Type: Multipart/mixed; boundary=x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
                "415 POST " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
                "413 POST " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
                "400 POST " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "413 POST " + open
                        + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(20) + "0\r\n\r\n");
    }

    @Test
    default void everyOddRequestIsRefusedByAProblemThatBlamesTheRequest() throws IOException {
        try (Log log = new Log()) {
            for (String odd : oddRequests(openPath()).toList()) {
                String request = odd.substring(4);
                Answer answer = RawHttp.exchange(edgePort(), request);
                String name = odd.substring(0, Math.min(odd.length(), 120));
                assertThat(answer.status()).as(name).isEqualTo(Integer.parseInt(odd.substring(0, 3)));
                assertIsProblem(name, answer);
                log.assertAtMostOneShortLine(name);
            }
        }
    }

    @Test
    default void noAnonymousRequestIsAnsweredByAnErrorOfTheService() throws IOException {
        List<String> pieces = List.of(
                "GET",
                "POST",
                "HEAD",
                "OPTIONS",
                "PATCH",
                " ",
                "/",
                "/health",
                "/ws",
                "/api/v1/events/recent",
                "/api/tasks",
                "/stats",
                "/dapr/subscribe",
                "/events/x",
                "?",
                "&",
                "=",
                "limit=1",
                "since=abc",
                "cursor=zz",
                "%",
                "%00",
                "%ff",
                "%2f",
                "..",
                ";",
                "#",
                "*",
                "|",
                "{",
                "}",
                "^",
                "`",
                "\\",
                "\"",
                "<",
                "\u00e9",
                "\u0085",
                "http://x/",
                "//",
                "\t",
                " HTTP/1.1",
                " HTTP/1.0",
                "\r\n",
                "Host: x\r\n",
                "Accept: nonsense\r\n",
                "Accept: text/html\r\n",
                "Content-Type: nonsense\r\n",
                "Content-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n",
                "Origin: null\r\n",
                "Origin: ://\r\n",
                "Range: bytes=9-1\r\n",
                "If-Modified-Since: x\r\n",
                "If-None-Match: x\r\n",
                "Authorization: Bearer x\r\n",
                "Authorization: \u0080\r\n",
                "Cookie: =;=\r\n",
                "Upgrade: websocket\r\n",
                "Connection: Upgrade\r\n",
                "Access-Control-Request-Method: x\r\n",
                "Forwarded: for=x\r\n",
                "X-Forwarded-Host: a b\r\n",
                "traceparent: 00-x\r\n",
                "Accept-Language: *;q=9\r\n",
                "Idempotency-Key: \u00ff\r\n",
                "Expect: 100-continue\r\n");
        Random random = new Random(7);
        try (Log log = new Log()) {
            for (int i = 0; i < 400; i++) {
                StringBuilder request = new StringBuilder(random.nextInt(8) == 0 ? "" : "GET /");
                for (int n = random.nextInt(4); n > 0; n--) {
                    request.append(pieces.get(random.nextInt(pieces.size())));
                }
                request.append(random.nextInt(8) == 0 ? "" : " HTTP/1.1\r\nHost: localhost\r\n");
                for (int n = random.nextInt(4); n > 0; n--) {
                    request.append(pieces.get(random.nextInt(pieces.size())));
                }
                request.append("\r\nConnection: close\r\n\r\n");
                String name = request.toString().replace("\r\n", "|");
                try (RawHttp http = new RawHttp(edgePort())) {
                    String answer = http.send(request.toString()).readToEnd(Duration.ofSeconds(15));
                    assertThat(answer).as(name).doesNotContain("HTTP/1.1 500 ", "\tat ", "Exception");
                }
                log.assertNoStackTrace(name);
            }
        }
    }

    @Test
    default void multipartBodiesThatNeverEndCostNoDisk() throws IOException {
        long before = bytesIn(temporary());
        List<RawHttp> uploads = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawHttp upload = new RawHttp(edgePort());
                uploads.add(upload);
                try {
                    upload.send("POST " + openPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
                            + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"f\";"
                            + " filename=\"f\"\r\n\r\n" + "x".repeat(100_000));
                } catch (IOException refused) {
                    // The server may have ended the connection already.
                }
            }
            assertThat(bytesIn(temporary()) - before).isLessThan(20_000);
            for (RawHttp upload : uploads) {
                await().atMost(Duration.ofSeconds(20)).until(upload::isEnded);
            }
        } finally {
            for (RawHttp upload : uploads) {
                upload.close();
            }
        }
        assertThat(bytesIn(temporary()) - before).isLessThan(20_000);
    }

    @Test
    default void everyAnswerForbidsSniffing() throws IOException {
        for (String path : List.of(openPath(), "/nowhere", "/metrics")) {
            Answer answer = RawHttp.exchange(
                    edgePort(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
        }
    }

    private static void assertIsProblem(String name, Answer answer) {
        assertThat(answer.header("Content-Type")).as(name).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).as(name).isEqualTo("nosniff");
        assertThat(answer.json().path("type").asString()).as(name).isEqualTo("about:blank");
        assertThat(answer.json().path("title").asString()).as(name).isNotEmpty();
        assertThat(answer.json().path("status").asInt()).as(name).isEqualTo(answer.status());
        assertThat(answer.json().path("detail").asString()).as(name).isNotEmpty();
        assertThat(answer.json().path("errors").isArray()).as(name).isTrue();
        assertThat(answer.json().path("errors"))
                .as(name)
                .allSatisfy(error -> assertThat(error.propertyNames()).containsExactly("field", "message"));
        assertThat(answer.body()).as(name).doesNotContain("Exception", "jackson", "org.", "java.", "Jetty", "Servlet");
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Returns the size of the files that Jetty makes of parts. Other processes create and remove files there at the same time. */
    private static long bytesIn(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, Set.of(), 3, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && folder.relativize(file).toString().matches("(?i).*(multipart|jetty).*")) {
                    bytes.addAndGet(attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException removed) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException removed) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    /** What the process logs while it is open. */
    final class Log extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private static final int SHORT = 400;

        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
        private int requests;

        Log() {
            setContext(root.getLoggerContext());
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            boolean ofRequests = event.getThreadName().contains("jetty")
                    || event.getLoggerName().contains("edge");
            if (ofRequests && event.getLevel().isGreaterOrEqual(Level.INFO)) {
                events.add(event);
            }
        }

        /** Counts all lines since the beginning, because the line of a request may be written after its answer. */
        void assertAtMostOneShortLine(String name) {
            requests++;
            assertThat(events).as(name).hasSizeLessThanOrEqualTo(requests);
            assertNoStackTrace(name);
        }

        void assertNoStackTrace(String name) {
            assertThat(events).as(name).allSatisfy(event -> {
                assertThat(event.getThrowableProxy())
                        .as(name + ": " + event.getFormattedMessage())
                        .isNull();
                assertThat(event.getFormattedMessage())
                        .as(name)
                        .hasSizeLessThan(SHORT)
                        .doesNotContain("\n", "\r");
            });
        }

        @Override
        public void close() {
            root.detachAppender(this);
            stop();
        }
    }
}
