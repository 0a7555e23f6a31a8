package dev.tidings.series;

import java.util.List;
import java.util.Map;

/**
 * The figures of one replica.
 *
 * @param app its Dapr app id
 * @param instance another text at each start
 * @param at time of {@code totals}, epoch ms of the replica's clock
 * @param totals by {@link Measure#key}: counters and buckets since the start, gauges as they are now
 * @param steps the steps that were asked for, oldest first
 */
public record SeriesPage(String app, String instance, long at, Map<String, Double> totals, List<Step> steps) {
    public SeriesPage {
        totals = Map.copyOf(totals);
        steps = List.copyOf(steps);
    }

    /**
     * @param slot the end of the step in epoch ms, divided by its length
     * @param values by {@link Measure#key}: what counters and buckets grew by, and gauges at its end; without zeros
     */
    public record Step(long slot, Map<String, Double> values) {
        public Step {
            values = Map.copyOf(values);
        }
    }
}
