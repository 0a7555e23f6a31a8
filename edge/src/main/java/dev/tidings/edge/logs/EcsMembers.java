package dev.tidings.edge.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Adds the ids of a line to its JSON, from the {@link LogFields} among its arguments or else from the context of the thread, and escapes
 * its message. Spring Boot creates it by the setting {@code logging.structured.json.customizer}.
 */
public final class EcsMembers implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;

    @Override
    public void customize(Members<ILoggingEvent> members) {
        members.add("event.id", line -> field(line, LogFields::loggedEventId, LogContext.EVENT))
                .whenNotNull();
        members.add(
                        "labels.correlation_id",
                        line -> field(line, LogFields::loggedCorrelationId, LogContext.CORRELATION))
                .whenNotNull();
        members.add("user.id", line -> field(line, LogFields::loggedUserId, LogContext.USER))
                .whenNotNull();
        members.add("trace.id", line -> field(line, EcsMembers::traceId, LogContext.TRACE))
                .whenNotNull();
        members.applyingPathFilter(path -> LogContext.KEYS.contains(String.valueOf(path.name())));
        members.applyingValueProcessor(
                ValueProcessor.of(String.class, EcsMembers::visible).whenHasUnescapedPath("message"));
    }

    private static @Nullable String visible(@Nullable String message) {
        return message == null ? null : EscapedMessage.visible(message);
    }

    private static @Nullable String traceId(LogFields fields) {
        String traceparent = fields.loggedTraceparent();
        return traceparent == null || traceparent.length() < TRACE_END
                ? null
                : traceparent.substring(TRACE_START, TRACE_END);
    }

    private static @Nullable String field(
            ILoggingEvent line, Function<LogFields, @Nullable String> ofArgument, String key) {
        Object[] arguments = line.getArgumentArray();
        if (arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof LogFields fields) {
            String value = ofArgument.apply(fields);
            if (value != null) {
                return value;
            }
        }
        return line.getMDCPropertyMap().get(key);
    }
}
