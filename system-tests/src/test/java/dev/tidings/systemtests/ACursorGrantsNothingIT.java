package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/architecture.md#connect and docs/architecture.md#cursor: the streams come from the token alone; a foreign epoch or a number above the tail is a gap of
 * unknown size. These tests know the cursor's bytes on purpose: an attacker does too.
 */
@OnRunningStack
class ACursorGrantsNothingIT {

    private static final int EPOCH_AT = 1;
    private static final int FIRST_NUMBER_AT = 1 + 8 + 8;

    private final Stack stack;
    private final String user = Users.named("mine");
    private final String token;

    ACursorGrantsNothingIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void theCursorOfAnotherUserIsAsGoodAsNone() {
        String other = Users.named("theirs");
        String othersToken = stack.tokens().of(other);
        String othersCursor = cursorOf(othersToken);
        stack.tasks().create(othersToken, "secret");
        stack.tasks().create(token, "before");
        cursorOf(token);

        try (SocketClient socket = stack.replica(1).connect(token, othersCursor)) {
            stack.tasks().create(token, "mine");
            socket.ledger().awaitTitle("mine");
            assertThat(socket.ledger().titles()).doesNotContain("secret");
            assertThat(socket.ledger().titles().getLast()).isEqualTo("mine");
        }
    }

    /** A trainer's cursor names the stream of the trainers; in a student's hand it must not open it. */
    @Test
    void aCursorForgedForARoleDoesNotOpenItsStream() {
        String trainersCursor = cursorOf(stack.tokens().of(Users.named("trainer"), Role.TRAINER));
        try (SocketClient student = stack.replica(1).connect(stack.tokens().of(user, Role.STUDENT), trainersCursor)) {
            byte[] handed = Base64.getUrlDecoder().decode(trainersCursor);
            byte[] answered = Base64.getUrlDecoder()
                    .decode(student.ledger().messages("connected").getFirst().cursor());
            List<Long> trainersStreams = streamHashes(handed);
            assertThat(trainersStreams)
                    .as("the trainer's own and the trainers'")
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(streamHashes(answered)).doesNotContainAnyElementsOf(trainersStreams);
        }
    }

    @Test
    void aCursorOfAnotherEpochIsAGapOfUnknownSizeAndThenLife() {
        String pastCursor;
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "past");
            socket.ledger().awaitTitle("past");
            pastCursor = socket.ledger().cursor();
        }
        byte[] cursor = Base64.getUrlDecoder().decode(pastCursor);
        cursor[EPOCH_AT] ^= 0x55;
        assertUnknownGapThenLive(cursor);
    }

    @Test
    void aCursorAboveTheTailIsAGapOfUnknownSizeAndThenLife() {
        byte[] cursor = Base64.getUrlDecoder().decode(cursorOf(token));
        cursor[FIRST_NUMBER_AT] = 0x7f;
        assertUnknownGapThenLive(cursor);
    }

    @Test
    void nonsenseInPlaceOfACursorIsToldAndTheConnectionStartsNow() {
        for (String nonsense : List.of("nonsense", "%00", "ä", "A".repeat(1_000), "'; DROP TABLE stream; --")) {
            try (SocketClient socket = stack.replica(2).connect(token, nonsense)) {
                assertThat(socket.ledger().awaitMessage("error").text("code")).isEqualTo("invalid_cursor");
                assertThat(socket.closeCode()).isEmpty();
            }
        }
        assertThat(stack.replica(2).poll(token, "cursor=nonsense").status()).isEqualTo(400);
    }

    private void assertUnknownGapThenLive(byte[] cursor) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
        try (SocketClient socket = stack.replica(1).connect(token, text)) {
            Message gap = socket.ledger().awaitMessage("gap");
            assertThat(gap.json().has("count")).isFalse();
            stack.tasks().create(token, "live");
            socket.ledger().awaitTitle("live");
            socket.ledger().assertTitles(List.of("live"));
        }
    }

    private String cursorOf(String ofToken) {
        try (SocketClient socket = stack.replica(1).connect(ofToken)) {
            return socket.ledger().cursor();
        }
    }

    /** After version and epoch: eight bytes of hash, then a number whose bytes but the last have the high bit. */
    private static List<Long> streamHashes(byte[] cursor) {
        List<Long> hashes = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(cursor, 9, cursor.length - 9);
        while (bytes.hasRemaining()) {
            hashes.add(bytes.getLong());
            while (bytes.get() < 0) {
                // the number's groups
            }
        }
        return hashes;
    }
}
