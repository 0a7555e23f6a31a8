package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aBurstIsAllowedAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(3, 2, 0);
        assertThat(taken(bucket, 5, 0)).isEqualTo(3);
        assertThat(taken(bucket, 5, SECOND)).isEqualTo(2);
    }

    @Test
    void sparedTokensDoNotPileUpBeyondTheBurst() {
        TokenBucket bucket = new TokenBucket(3, 2, 0);
        assertThat(taken(bucket, 100, 1_000 * SECOND)).isEqualTo(3);
    }

    private static int taken(TokenBucket bucket, int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.tryTake(now) ? 1 : 0;
        }
        return taken;
    }
}
