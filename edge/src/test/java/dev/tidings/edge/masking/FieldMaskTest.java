package dev.tidings.edge.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** R-OP-1: operators do not see the values of fields that the configuration names. */
class FieldMaskTest {
    private final FieldMask mask = new FieldMask(List.of("shippingAddress", "token"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"token\":\"s\",\"a\":1}|{\"token\":\"***\",\"a\":1}",
                "{\"a\":[{\"Shipping_Address\":{\"street\":\"s\"}}]}|{\"a\":[{\"Shipping_Address\":\"***\"}]}",
                "{\"t\\u006fken\":\"s\"}|{\"token\":\"***\"}",
                "{\"data\":\"{\\\"token\\\":\\\"s\\\"}\"}|{\"data\":\"{\\\"token\\\":\\\"***\\\"}\"}",
                "{\"token\":12.5,\"n\":1.50}|{\"token\":\"***\",\"n\":1.50}",
                // Not valid: the beginning of a payload.
                "{\"token\" : \"s, \\\" s|{\"token\" : \"***\"",
                "{\"a\":{\"token\":17,\"b\":\"c|{\"a\":{\"token\":\"***\",\"b\":\"c",
                "{\"a\":\"b\",\"shipping-address\":[\"s\",|{\"a\":\"b\",\"shipping-address\":\"***\"…",
            })
    void a_named_field_shows_no_value(String text, String expected) {
        assertThat(mask.text(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"a\" : 1.0 }", "", "no event", "{\"text\":\"the token\"", "[1e999999999999]"})
    void everything_else_is_shown_as_it_is(String text) {
        assertThat(mask.text(text)).isEqualTo(text);
    }

    @Test
    void long_and_deep_payloads_are_no_exception() {
        assertThat(mask.text("[".repeat(100_000) + "{\"token\":\"" + "s".repeat(1_000_000)))
                .endsWith("{\"token\":\"***\"");
    }

    @Test
    void a_tree_is_copied() {
        var json = JsonMapper.shared().readTree("{\"token\":\"s\"}");

        assertThat(mask.json(json).path("token").stringValue()).isEqualTo("***");
        assertThat(json.path("token").stringValue()).isEqualTo("s");
    }
}
