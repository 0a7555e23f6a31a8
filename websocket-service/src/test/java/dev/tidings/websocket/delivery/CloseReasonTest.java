package dev.tidings.websocket.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One source for close codes: the enum; the document says the same. */
class CloseReasonTest {
    @Test
    void theDocumentListsTheseCodesAndNoOthers() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/protocol.md")).stream()
                .filter(line -> line.matches("\\| 4\\d{3} \\|.*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(CloseReason.values())
                        .map(reason -> "| %d | %s | %s | %s |"
                                .formatted(
                                        reason.code(),
                                        reason.name(),
                                        reason.text(),
                                        reason.advice().text()))
                        .toList());
    }

    @Test
    void aReasonFitsIntoACloseFrame() {
        for (CloseReason reason : CloseReason.values()) {
            assertThat(reason.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
        }
    }

    @Test
    void aCodeIsUsedOnce() {
        assertThat(Arrays.stream(CloseReason.values()).map(CloseReason::code)).doesNotHaveDuplicates();
    }
}
