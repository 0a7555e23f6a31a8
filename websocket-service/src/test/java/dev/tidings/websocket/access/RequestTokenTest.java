package dev.tidings.websocket.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.edge.RequestHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R-RL-1: a user whose browser cannot set headers counts as a user at the edge all the same. */
class RequestTokenTest {
    private record Head(String path, String query, @Nullable String subprotocols) implements RequestHead {
        @Override
        public @Nullable String header(String name) {
            return name.equals("Sec-WebSocket-Protocol") ? subprotocols : null;
        }

        @Override
        public void attribute(String name, Object value) {}
    }

    @Test
    void itIsFoundInTheSubprotocolsAndInTheQuery() {
        assertThat(RequestToken.ofUpgrade(null, "tidings.v1, bearer.abc", "")).hasValue("abc");
        assertThat(RequestToken.ofUpgrade(null, null, "user_id=auth0|1&token=a%2Eb"))
                .hasValue("a.b");
        assertThat(RequestToken.ofUpgrade(null, null, "token=%zz")).hasValue("%zz");
        assertThat(RequestToken.ofUpgrade(null, null, "my_token=abc")).isEmpty();
    }

    @Test
    void onlyTheQueryOfAnUpgradeMayContainIt() {
        assertThat(AccessConfiguration.token(new Head("/api/v1/events/recent", "token=abc", "bearer.abc")))
                .isEmpty();
        assertThat(AccessConfiguration.token(new Head("/ws", "token=abc", null)))
                .hasValue("abc");
    }

    @Test
    void theHeaderHasPrecedence() {
        assertThat(RequestToken.ofUpgrade("bearer one", "bearer.two", "token=three"))
                .hasValue("one");
        assertThat(RequestToken.bearer("Basic abc")).isEmpty();
        assertThat(RequestToken.bearer(null)).isEmpty();
    }
}
