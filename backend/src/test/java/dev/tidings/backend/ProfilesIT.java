package dev.tidings.backend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import dev.tidings.profiles.RefusedStartException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R-RL-6: the backend as a whole starts under a known profile only, and in production without the switches of a demonstration. */
class ProfilesIT {
    private final Login database = Infrastructure.shared().freshDatabase().backend();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--TIDINGS_PROFILE=prod",
                "--TIDINGS_PROFILE=Production",
                "--TIDINGS_PROFILE=purchase-worker",
                "--spring.profiles.active=prod",
                "--spring.profiles.include=debug",
                "--TIDINGS_PROFILE=production --spring.profiles.active=default",
                "--TIDINGS_PROFILE=production --TIDINGS_DEMO_DATA=true",
                "--TIDINGS_PROFILE=production --tidings.demo-sign-in=true",
                "--TIDINGS_PROFILE=production --TIDINGS_DEMO_SIGN_IN=true --spring.main.lazy-initialization=true",
            })
    void whatMayNotBeStopsTheStart(String settings) {
        String all = "--tidings.sidecar.http-port=1 --tidings.sidecar.grpc-port=1 " + settings;

        assertThatThrownBy(() -> RunningBackend.on(database, all.split(" "))).isInstanceOf(RefusedStartException.class);
    }
}
