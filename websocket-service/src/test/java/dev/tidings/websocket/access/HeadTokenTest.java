package dev.tidings.websocket.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.edge.RequestHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R-RL-1: a user whose browser cannot write headers has the places of users at the edge all the same. */
class HeadTokenTest {
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
        assertThat(HeadToken.of(new Head("/ws", "", "tidings.v1, bearer.abc"))).hasValue("abc");
        assertThat(HeadToken.of(new Head("/ws", "user_id=auth0|1&token=a%2Eb", null)))
                .hasValue("a.b");
        assertThat(HeadToken.of(new Head("/ws", "token=%zz", null))).hasValue("%zz");
    }

    @Test
    void elsewhereAQueryIsNoPlaceForAToken() {
        assertThat(HeadToken.of(new Head("/api/v1/events/recent", "token=abc", "bearer.abc")))
                .isEmpty();
        assertThat(HeadToken.of(new Head("/ws", "my_token=abc", null))).isEmpty();
    }
}
