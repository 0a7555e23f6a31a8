package dev.tidings.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.edge.problems.ProblemWriter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CallbackTokenFilterTest {
    private static final String TOKEN = UUID.randomUUID().toString();

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void theSidecarIsLetIn() throws Exception {
        assertThat(isLetIn(TOKEN)).isTrue();
    }

    @Test
    void nobodyElseIs() throws Exception {
        for (String token :
                new @Nullable String[] {null, "", TOKEN + "x", TOKEN.substring(1), TOKEN.replace('-', '_')}) {
            assertThat(isLetIn(token)).as("%s", token).isFalse();
            assertThat(response.getStatus()).isEqualTo(401);
        }
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).doesNotContain(TOKEN);
    }

    /** A caller may have its own sidecar drop the header with its name; the others then still tell. */
    @Test
    void aCallThatHidesItsCallerIsNoCallback() throws Exception {
        for (String header : List.of("X-Forwarded-For", "X-Forwarded-Host", "Forwarded")) {
            MockHttpServletRequest request = new MockHttpServletRequest("POST", "/events");
            request.addHeader(SidecarCalls.TOKEN, TOKEN);
            request.addHeader(header, "127.0.0.1");
            MockFilterChain chain = new MockFilterChain();
            filter(TOKEN).doFilter(request, response, chain);
            assertThat(chain.getRequest()).as(header).isNull();
            assertThat(response.getStatus()).isEqualTo(401);
        }
    }

    @Test
    void withoutATokenNobodyIsLetIn() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/events");
        request.addHeader(SidecarCalls.TOKEN, "");
        MockFilterChain chain = new MockFilterChain();
        filter(" ").doFilter(request, response, chain);
        assertThat(chain.getRequest()).isNull();
        assertThat(response.getStatus()).isEqualTo(401);
    }

    private static CallbackTokenFilter filter(String token) {
        return new CallbackTokenFilter(new SidecarCalls(token), new ProblemWriter());
    }

    private boolean isLetIn(@Nullable String token) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/events");
        if (token != null) {
            request.addHeader(SidecarCalls.TOKEN, token);
        }
        MockFilterChain chain = new MockFilterChain();
        filter(TOKEN).doFilter(request, response, chain);
        return chain.getRequest() != null;
    }
}
