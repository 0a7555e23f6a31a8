package dev.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which texts are user ids, by examples that the browser library shares, and by a second writing of the rule. */
class UserIdTest {
    private static final Pattern RULE =
            Pattern.compile("(?!\\.{1,2}\\z)(?!\\p{Zs})(?!.*\\|\\|)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,128}(?<!\\p{Zs})");

    static Stream<JsonNode> accepted() {
        return examples("accepted");
    }

    static Stream<JsonNode> refused() {
        return examples("refused");
    }

    private static Stream<JsonNode> examples(String name) {
        return JsonMapper.shared()
                .readTree(UserIdTest.class.getResourceAsStream("user-ids.json"))
                .path(name)
                .valueStream();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedExampleIsAUserId(JsonNode example) {
        assertThat(UserId.complaint(example.path("id").stringValue())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusedExampleIsNoneAndTheReasonIsNamed(JsonNode example) {
        assertThat(UserId.complaint(example.path("id").stringValue()))
                .isEqualTo(example.path("complaint").stringValue());
    }

    @Property
    void theRuleHoldsForAnyText(@ForAll @StringLength(max = 140) String text) {
        assertThat(UserId.isValid(text)).isEqualTo(RULE.matcher(text).matches());
    }

    @Property
    void aComplaintIsFitForALineOfTheLog(@ForAll @StringLength(max = 140) String text) {
        assertThat(UserId.complaint(text)).matches("[ -~]*");
    }
}
