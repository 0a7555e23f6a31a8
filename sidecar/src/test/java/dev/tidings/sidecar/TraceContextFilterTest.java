package dev.tidings.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.tracing.EventSpans;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class TraceContextFilterTest {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void theCallersTraceGoesOnInASpanOfItsOwn() throws Exception {
        String seen = traceparentOf("00-" + TRACE_ID + "-00f067aa0ba902b7-01");

        assertThat(seen).startsWith("00-" + TRACE_ID + "-").endsWith("-01").doesNotContain("00f067aa0ba902b7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE_ID + "-0000000000000000-01",
                "00-" + TRACE_ID + "-00f067aa0ba902b7-01-more"
            })
    void withoutAUsableTraceANewOneBegins(String header) throws Exception {
        assertThat(traceparentOf(header))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
                .doesNotContain(TRACE_ID);
    }

    @Test
    void afterTheRequestThereIsNone() throws Exception {
        traceparentOf("");

        assertThat(TraceContext.current()).isNull();
    }

    private static String traceparentOf(String header) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("traceparent", header);
        AtomicReference<@Nullable String> seen = new AtomicReference<>();
        new TraceContextFilter(new Random(1), new SidecarCalls("secret"), EventSpans.OFF)
                .doFilter(request, new MockHttpServletResponse(), (req, res) -> seen.set(TraceContext.current()));
        return Objects.requireNonNull(seen.get());
    }
}
