package dev.tidings.websocket.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** R-WS-6. */
class HealthTest {
    private final SubscriptionWatch watch = new SubscriptionWatch();

    @Test
    void the_sidecars_question_for_subscriptions_is_noted() throws Exception {
        ask("/stats", new MockFilterChain());
        assertThat(watch.wasAsked()).isFalse();

        ask("/dapr/subscribe", new MockFilterChain());
        assertThat(watch.wasAsked()).isTrue();
    }

    @Test
    void a_question_that_was_refused_does_not_count() throws Exception {
        ask("/dapr/subscribe", (request, response) -> ((MockHttpServletResponse) response).setStatus(401));
        assertThat(watch.wasAsked()).isFalse();
    }

    private void ask(String path, FilterChain chain) throws Exception {
        watch.doFilter(new MockHttpServletRequest("GET", path), new MockHttpServletResponse(), chain);
    }
}
