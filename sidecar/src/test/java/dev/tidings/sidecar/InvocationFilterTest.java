package dev.tidings.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.topology.App;
import dev.tidings.topology.ServiceCall;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class InvocationFilterTest {
    private static final String TOKEN = UUID.randomUUID().toString();

    private final InvocationFilter filter = new InvocationFilter(
            new SidecarCalls(TOKEN),
            List.of(new ServiceCall(App.BACKEND, App.PURCHASE_WORKER, "POST", "/events/*")),
            new ProblemWriter());
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void aListedCallPasses() throws Exception {
        assertThat(passes("POST", "/events/order.created", from("backend"))).isTrue();
    }

    @Test
    void aRequestOfNoAppPasses() throws Exception {
        assertThat(passes("GET", "/health", _ -> {})).isTrue();
        assertThat(passes("POST", "/events/order.created", request -> request.addHeader(SidecarCalls.TOKEN, TOKEN)))
                .isTrue();
    }

    @Test
    void everyOtherCallIsRefused() throws Exception {
        assertThat(passes("POST", "/events/order.created", from("announcements")))
                .isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"errors\":[]");
        assertThat(passes("PUT", "/events/order.created", from("backend"))).isFalse();
        assertThat(passes("POST", "/dapr/subscribe", from("backend"))).isFalse();
        for (String spelling : List.of(
                "//events/order.created",
                "/events/order.created/",
                "/events//order.created",
                "/events/%6frder.created",
                "/%65vents/order.created",
                "/events;a=b/order.created",
                "/EVENTS/order.created",
                "/events/../events/order.created")) {
            assertThat(passes("POST", spelling, from("backend"))).as(spelling).isFalse();
        }
    }

    @Test
    void aCallerThatNamesAnotherAppIsRefused() throws Exception {
        assertThat(passes("POST", "/events/order.created", request -> {
                    from("backend").accept(request);
                    request.addHeader(SidecarCalls.CALLER, "announcements");
                }))
                .isFalse();
        assertThat(passes("POST", "/events/order.created", from("backend, announcements")))
                .isFalse();
        assertThat(passes("POST", "/events/order.created", from("Backend"))).isFalse();
    }

    @Test
    void aCallerWithoutItsNameIsRefused() throws Exception {
        for (String mark : List.of("dapr-caller-namespace", "dapr-callee-app-id")) {
            assertThat(passes("POST", "/events/order.created", request -> {
                        request.addHeader(SidecarCalls.TOKEN, TOKEN);
                        request.addHeader(mark, "default");
                    }))
                    .as(mark)
                    .isFalse();
        }
    }

    @Test
    void theNameOfACallerIsBelievedFromTheOwnSidecarOnly() throws Exception {
        assertThat(passes(
                        "POST", "/events/order.created", request -> request.addHeader(SidecarCalls.CALLER, "backend")))
                .isFalse();
    }

    private static Consumer<MockHttpServletRequest> from(String app) {
        return request -> {
            request.addHeader(SidecarCalls.TOKEN, TOKEN);
            request.addHeader(SidecarCalls.CALLER, app);
            request.addHeader("dapr-caller-namespace", "default");
            request.addHeader("dapr-callee-app-id", "me");
        };
    }

    private boolean passes(String method, String path, Consumer<MockHttpServletRequest> headers) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        headers.accept(request);
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        return chain.getRequest() != null;
    }
}
