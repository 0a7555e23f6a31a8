package dev.tidings.backend.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

class ListRequestTest {
    @Test
    void aListCursorIsReadBackAndNothingElseIs() {
        UUID id = UUID.randomUUID();

        assertThat(ListCursor.decode(ListCursor.encode(id))).contains(id);
        assertThat(ListCursor.decode(ListCursor.encode(id) + "AAAA")).isEmpty();
        assertThat(ListCursor.decode("not base64 ü")).isEmpty();
    }

    @Test
    void aPageSaysWhereTheNextOneBeginsOnlyIfThereIsOne() {
        ListRequest two = ListRequest.of(null, "2");
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(3).toList();

        ListPage<String> first = two.page(ids, id -> id, UUID::toString);
        assertThat(first.items())
                .containsExactly(ids.get(0).toString(), ids.get(1).toString());
        assertThat(ListRequest.of(first.nextCursor(), null).before()).isEqualTo(ids.get(1));
        assertThat(two.page(ids.subList(0, 2), id -> id, UUID::toString).nextCursor())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "1.5", "all"})
    void aWrongLimitIsRefused(String limit) {
        assertThatThrownBy(() -> ListRequest.of(null, limit)).isInstanceOf(ErrorResponseException.class);
    }
}
