package dev.tidings.backend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoHostsTest {
    private final DemoHosts hosts = new DemoHosts(Set.of("Demo.example.com", " 192.0.2.7"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "127.0.0.1",
                "127.1.2.3",
                "[::1]",
                "::1",
                "[0:0:0:0:0:0:0:1]",
                "demo.example.com",
                "DEMO.example.com",
                "192.0.2.7"
            })
    void theMachineItselfAndConfiguredNamesAreAllowed(String host) {
        assertThat(hosts.isAllowed(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "evil.localhost.example",
                "127.0.0.1.nip.io",
                "127.0.0.1.evil.example",
                "0.0.0.0",
                "[::]",
                "192.168.1.7",
                "[::ffff:192.168.1.7]",
                "demo.example.com.evil.example",
                "x.demo.example.com"
            })
    void everyOtherNameIsRefused(String host) {
        assertThat(hosts.isAllowed(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8000", "https://demo.example.com", "http://[::1]:8000"})
    void anAllowedOriginIsAllowed(String origin) {
        assertThat(hosts.allow("localhost", origin)).isTrue();
        assertThat(hosts.allow("evil.example", origin)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example:8000", "null", "", "http://localhost:evil", "http://", "localhost"})
    void anyOtherOriginIsRefused(String origin) {
        assertThat(hosts.allow("localhost", origin)).isFalse();
    }
}
