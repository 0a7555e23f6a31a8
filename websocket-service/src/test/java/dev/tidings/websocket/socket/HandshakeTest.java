package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final HttpFields.Mutable headers = HttpFields.build();

    private Handshake handshake(String query) {
        return Handshake.of(query, headers);
    }

    @Test
    void theQueryIsDecoded() {
        Handshake handshake = handshake("user_id=a%2Bb%40example.org&token=t&cursor=c");
        assertThat(handshake.userId()).hasValue("a+b@example.org");
        assertThat(handshake.token()).hasValue("t");
        assertThat(handshake.cursor()).hasValue("c");
    }

    @Test
    void emptyAndAbsentAreTheSame() {
        assertThat(handshake("user_id=&token=").token()).isEmpty();
        assertThat(handshake("").userId()).isEmpty();
        assertThat(handshake("my_token=x").token()).isEmpty();
    }

    @Test
    void theHeaderWinsOverTheSubprotocolAndThatOverTheQuery() {
        headers.add("Sec-WebSocket-Protocol", "tidings.v1, bearer.from-subprotocol");
        assertThat(handshake("token=from-query").token()).hasValue("from-subprotocol");
        headers.add("Authorization", "bearer from-header");
        assertThat(handshake("token=from-query").token()).hasValue("from-header");
    }

    @Test
    void aBrokenEscapeIsNoReasonToFail() {
        headers.add("Authorization", "Basic abc");
        assertThat(handshake("token=").token()).isEmpty();
        assertThat(handshake("user_id=%C3%28").userId()).isPresent();
        assertThat(handshake("user_id=%zz").userId()).hasValue("%zz");
    }

    @Test
    void itsTextDoesNotShowTheToken() {
        assertThat(handshake("token=secret").toString()).doesNotContain("secret");
        assertThat(new ClientMessage.Auth("secret", Optional.empty()).toString())
                .doesNotContain("secret");
    }
}
