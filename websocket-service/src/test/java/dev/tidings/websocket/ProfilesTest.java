package dev.tidings.websocket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.profiles.RefusedStartException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;

/** R-RL-6: the service starts under a known profile only, and in production not without tokens. */
class ProfilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--TIDINGS_PROFILE=prod",
                "--TIDINGS_PROFILE=Production",
                "--spring.profiles.active=prod",
                "--spring.profiles.include=debug",
                "--TIDINGS_PROFILE=production --spring.profiles.active=default",
                "--TIDINGS_PROFILE=production --TIDINGS_INSECURE=true",
                "--TIDINGS_PROFILE=production --tidings.socket.insecure=on",
            })
    void whatMayNotBeStopsTheStart(String settings) {
        assertThatThrownBy(() -> SpringApplication.run(WebSocketServiceApplication.class, settings.split(" ")))
                .isInstanceOf(RefusedStartException.class);
    }
}
