package dev.tidings.edge.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines are text for people, and in profile production JSON for programs, with the ids of event, flow, user and trace. */
@Isolated("replaces the logging of the JVM and standard output")
class JsonLinesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Logger log = LoggerFactory.getLogger("dev.tidings.Lines");

    record Event(
            String loggedEventId,
            String loggedUserId,
            @Nullable String loggedCorrelationId) implements LogFields {
        @Override
        public String loggedTraceparent() {
            return "00-" + TRACE + "-00f067aa0ba902b7-01";
        }
    }

    @Configuration
    static class Nothing {}

    @Test
    void inProductionEachLineIsAnObjectWithTheIdsOfItsEvent() {
        List<JsonNode> lines = linesOf("production", () -> {
                    log.info("Sent {} to {}", "task.created", "ada", new Event("e-1", "ada", null));
                    try (var _ = MDC.putCloseable(LogContext.EVENT, "e-2");
                            var _ = MDC.putCloseable(LogContext.CORRELATION, "p-2");
                            var _ = MDC.putCloseable(LogContext.USER, "bob");
                            var _ = MDC.putCloseable(LogContext.TRACE, TRACE);
                            var _ = MDC.putCloseable("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00")) {
                        log.warn("Failed for \u202Enimda", new IllegalStateException("no"));
                    }
                    log.info("Nothing known");
                })
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(line -> line.toString().contains("dev.tidings.Lines"))
                .toList();

        JsonNode sent = lines.get(0);
        assertThat(sent.path("message").asString()).isEqualTo("Sent task.created to ada");
        assertThat(sent.at("/log/level").asString()).isEqualTo("INFO");
        assertThat(sent.at("/service/name").asString()).isEqualTo("backend");
        assertThat(sent.path("@timestamp").asString()).startsWith("2");
        assertThat(sent.path("event.id").asString()).isEqualTo("e-1");
        assertThat(sent.path("user.id").asString()).isEqualTo("ada");
        assertThat(sent.path("trace.id").asString()).isEqualTo(TRACE);
        assertThat(sent.has("labels.correlation_id")).isFalse();
        JsonNode failed = lines.get(1);
        assertThat(failed.path("message").asString()).isEqualTo("Failed for \\u202enimda");
        assertThat(failed.path("event.id").asString()).isEqualTo("e-2");
        assertThat(failed.path("labels.correlation_id").asString()).isEqualTo("p-2");
        assertThat(failed.path("user.id").asString()).isEqualTo("bob");
        assertThat(failed.path("trace.id").asString()).isEqualTo(TRACE);
        assertThat(failed.at("/error/type").asString()).endsWith("IllegalStateException");
        assertThat(failed.propertyNames()).doesNotContain("traceparent", "traceId", "eventId", "userId");
        assertThat(lines.get(2).propertyNames()).doesNotContain("event.id", "user.id", "trace.id");
    }

    @Test
    void elsewhereALineIsText() {
        assertThat(linesOf("default", () -> log.info("Sent {}", "task.created", new Event("e-1", "ada", null))))
                .contains("Sent task.created")
                .doesNotContain("e-1", "{");
    }

    private static String linesOf(String profile, Runnable action) {
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var _ = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .profiles(profile)
                .properties(
                        "spring.application.name=backend",
                        "spring.main.banner-mode=off",
                        "spring.config.import=classpath:/dev/tidings/edge/defaults.yaml")
                .run()) {
            action.run();
        } finally {
            System.setOut(standard);
            LoggingSystem.get(JsonLinesTest.class.getClassLoader()).cleanUp();
            ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
