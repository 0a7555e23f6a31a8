package dev.tidings.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** R-OP-3: tracing is off by default and costs nothing then. */
class TracingSwitchTest {
    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues("spring.application.name=backend")
            .withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(strings = {"unrelated=1", "tidings.tracing.endpoint=", "tidings.tracing.endpoint=  "})
    void withoutAnEndpointThereIsNoTracerNoExporterAndNoThread(String setting) {
        service.withPropertyValues(setting).run(context -> {
            assertThat(context).doesNotHaveBean(Tracer.class).doesNotHaveBean(SdkTracerProvider.class);
            assertThat(threads()).isEmpty();
            EventSpans spans = context.getBean(EventSpans.class);
            assertThat(spans).isSameAs(EventSpans.OFF);
            assertThat(spans.isOn()).isFalse();
            assertThat(spans.samples("4bf92f3577b34da6a3ce929d0e0e4736")).isFalse();
            assertThat(spans.start("x", EventSpans.SpanRole.SERVER, SAMPLED)).isSameAs(EventSpan.NONE);
            assertThat(spans.startTrace("x", EventSpans.SpanRole.SERVER)).isSameAs(EventSpan.NONE);
            assertThat(spans.batch("x", List.of(SAMPLED))).isSameAs(EventSpan.NONE);
        });
    }

    @Test
    void anEndpointSwitchesItOnAndTheShareDecidesByTheTraceId() {
        service.withPropertyValues(
                        "tidings.tracing.endpoint=http://127.0.0.1:9/v1/traces", "tidings.tracing.sample=0.5")
                .run(context -> {
                    EventSpans spans = context.getBean(EventSpans.class);
                    assertThat(spans.isOn()).isTrue();
                    assertThat(spans.samples("4bf92f3577b34da60000000000000001"))
                            .isTrue();
                    assertThat(spans.samples("4bf92f3577b34da67fffffffffffffff"))
                            .isFalse();
                    assertThat(threads()).hasSize(1);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1", "NaN"})
    void aShareThatIsNoneStopsTheStart(String sample) {
        service.withPropertyValues("tidings.tracing.sample=" + sample)
                .run(context -> assertThat(context).hasFailed());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("BatchSpanProcessor"))
                .toList();
    }
}
