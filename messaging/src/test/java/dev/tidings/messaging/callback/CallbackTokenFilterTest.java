package dev.tidings.messaging.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

    @Test
    void aBlankTokenIsAMistakeOfTheDeployment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallbackTokenFilter(" "))
                .withMessageContaining("APP_API_TOKEN");
    }

    private boolean isLetIn(@Nullable String token) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/events");
        if (token != null) {
            request.addHeader(CallbackTokenFilter.HEADER, token);
        }
        MockFilterChain chain = new MockFilterChain();
        new CallbackTokenFilter(TOKEN).doFilter(request, response, chain);
        return chain.getRequest() != null;
    }
}
