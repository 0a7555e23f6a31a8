package dev.tidings.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.EventPublisher.PublishResult;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.sidecar.tracing.RecordedSpans;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** R-OP-3: each event's spans are below the context of that event, and a batch has links to its events. */
class TracedEventsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String OTHER = "00-1111111111111111aaaaaaaaaaaaaaaa-2222222222222222-01";
    private static final String UNSAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";

    private final RecordedSpans recorded = new RecordedSpans();
    private final EventSpans spans = recorded.spans(traceId -> traceId.equals(TRACE));

    @Test
    void aHandledEventIsBelowItsOwnContextAndTheBatchHasLinks() {
        List<@Nullable String> seen = new ArrayList<>();
        TracedHandler handler = new TracedHandler(
                (_, batch) -> {
                    batch.forEach(event -> seen.add(event.traceparent()));
                    return List.of(DeliveryResult.SUCCESS, DeliveryResult.SUCCESS, DeliveryResult.retry("busy"));
                },
                spans);

        List<DeliveryResult> results =
                handler.handle("topic", List.of(received(SAMPLED), received(UNSAMPLED), received(OTHER)));

        assertThat(results).hasSize(3);
        SpanData first = ended("process t", TRACE);
        SpanData third = ended("process t", OTHER.substring(3, 35));
        assertThat(first.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(third.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(seen)
                .containsExactly(
                        "00-" + TRACE + "-" + first.getSpanId() + "-01",
                        UNSAMPLED,
                        "00-" + third.getTraceId() + "-" + third.getSpanId() + "-01");
        SpanData batch = recorded.ended().getLast();
        assertThat(batch.getName()).isEqualTo("batch topic");
        assertThat(batch.getParentSpanContext().isValid()).isFalse();
        assertThat(batch.getLinks())
                .map(LinkData::getSpanContext)
                .map(context -> context.getTraceId())
                .containsExactly(first.getTraceId(), third.getTraceId());
    }

    @Test
    void anEventThatIsNotSampledCostsNoSpan() {
        TracedHandler handler = new TracedHandler((_, batch) -> List.of(DeliveryResult.SUCCESS), spans);

        handler.handle("topic", List.of(received(UNSAMPLED)));

        assertThat(recorded.ended()).isEmpty();
    }

    @Test
    void aPublishedEventCarriesItsSpanWhichBeginsWithItsCommit() {
        OutgoingEvent event = outgoing(SAMPLED);
        OutgoingEvent refused = outgoing(SAMPLED);
        List<OutgoingEvent> sent = new ArrayList<>();
        TracedPublisher publisher = new TracedPublisher(
                (_, events) -> {
                    sent.addAll(events);
                    return new PublishResult.PartlyRefused(Map.of(refused.id(), "too large"));
                },
                spans);

        publisher.publish("topic", List.of(event, refused));

        SpanData span = recorded.ended().getFirst();
        assertThat(span.getName()).isEqualTo("publish t");
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getStartEpochNanos()).isEqualTo(event.time().toEpochMilli() * 1_000_000);
        assertThat(sent.getFirst().traceparent()).isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
        assertThat(sent.getFirst().id()).isEqualTo(event.id());
        assertThat(recorded.ended().getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void aRequestIsRecordedByTheShareAndNotByWhatItsCallerSays() throws Exception {
        assertThat(contextOfRequest("traceparent", OTHER)).endsWith("-00").contains(OTHER.substring(3, 35));
        assertThat(recorded.ended()).isEmpty();

        String context = contextOfRequest("traceparent", UNSAMPLED);

        SpanData span = recorded.ended().getFirst();
        assertThat(context).isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getAttributes().asMap().toString()).contains("http.response.status_code");
    }

    /** An app of Tidings calls another one through the sidecars, which replace the traceparent. */
    @Test
    void aCallOfAnotherAppStaysInItsTrace() throws Exception {
        String context =
                contextOfRequest("tidings-traceparent", OTHER, "dapr-caller-app-id", "x", "dapr-api-token", "secret");

        assertThat(context).startsWith("00-" + OTHER.substring(3, 35)).endsWith("-01");
        assertThat(recorded.ended().getFirst().getParentSpanId()).isEqualTo("2222222222222222");
    }

    @Test
    void nobodyElseMayUseThatHeader() throws Exception {
        assertThat(contextOfRequest("tidings-traceparent", OTHER, "dapr-caller-app-id", "x", "dapr-api-token", "guess"))
                .doesNotContain(OTHER.substring(3, 35));
        assertThat(recorded.ended()).isEmpty();
    }

    private SpanData ended(String name, String traceId) {
        return recorded.ended().stream()
                .filter(span -> span.getName().equals(name) && span.getTraceId().equals(traceId))
                .findFirst()
                .orElseThrow();
    }

    private String contextOfRequest(String... headers) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/tasks");
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        AtomicReference<@Nullable String> seen = new AtomicReference<>();
        new TraceContextFilter(new Random(1), new SidecarCalls("secret"), spans)
                .doFilter(request, new MockHttpServletResponse(), (_, _) -> seen.set(TraceContext.current()));
        return String.valueOf(seen.get());
    }

    private static ReceivedEvent received(String traceparent) {
        byte[] bytes = """
                {"id": "1", "source": "s", "type": "t", "traceparent": "%s", "data": {}}
                """.formatted(traceparent).getBytes(StandardCharsets.UTF_8);
        return CloudEventReader.read("topic", bytes, "key", null, Instant.EPOCH);
    }

    private static OutgoingEvent outgoing(String traceparent) {
        return new OutgoingEvent(
                UUID.randomUUID(), "topic", "key", "t", "{}", traceparent, Instant.ofEpochMilli(1_770_465_600_000L));
    }
}
