package dev.tidings.websocket.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.log.PartitionPlan.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionPlanTest {
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final long START = 1_770_465_600_123L;
    private final PartitionPlan plan = new PartitionPlan(RETENTION);

    @Test
    void overWeeksNowIsAlwaysCoveredNothingKeptIsDroppedAndThereAreAtMostEight() {
        List<Range> partitions = new ArrayList<>();
        long tenMinutes = Duration.ofMinutes(10).toMillis();
        for (long now = START; now < START + Duration.ofDays(40).toMillis(); now += tenMinutes) {
            long time = now;
            partitions.removeIf(range -> plan.isExpired(range, time));
            partitions.addAll(plan.missing(partitions, now));

            assertThat(partitions.size()).isLessThanOrEqualTo(PartitionPlan.MAX_PARTITIONS);
            assertThat(partitions).anyMatch(range -> range.from() <= time && time < range.until());
            assertThat(partitions.getLast().until()).isGreaterThan(now + tenMinutes);
            long oldestKept = Math.max(START, now - RETENTION.toMillis());
            assertThat(partitions.getFirst().from()).isLessThanOrEqualTo(oldestKept);
        }
    }

    @Test
    void partitionsFollowEachOtherWithoutOverlapOrHole() {
        List<Range> partitions = new ArrayList<>(plan.missing(List.of(), START));
        partitions.addAll(plan.missing(partitions, partitions.getLast().until()));

        for (int i = 1; i < partitions.size(); i++) {
            assertThat(partitions.get(i).from()).isEqualTo(partitions.get(i - 1).until());
        }
    }

    @Test
    void afterALongStandstillOnlyThePresentIsCovered() {
        List<Range> old = plan.missing(List.of(), START);
        long now = START + Duration.ofDays(365).toMillis();

        assertThat(plan.missing(old, now)).hasSizeLessThanOrEqualTo(3).allMatch(range -> range.until() > now);
    }
}
