/** @param {() => number} now ms of a monotonic clock; its offset to the service's clock is measured */
export function createAnalytics(now: () => number): {
    /** @param {keyof typeof counts} what */
    count(what: "received" | "applied" | "duplicates" | "stale" | "failed" | "gaps"): void;
    /** @param {string} timestamp when the event was logged */
    took(timestamp: string): void;
    /** Handles the answer to the last ping. @param {string} timestamp */
    answered(timestamp: string): void;
    /**
     * The figures for an acknowledgement that is sent now. The first one has no latency, because its answer provides the service's clock.
     * @returns {{ received?: number, applied?: number, latency_ms?: number }}
     */
    report(): {
        received?: number;
        applied?: number;
        latency_ms?: number;
    };
    /** @returns {DeliveryFigures} */
    figures(): DeliveryFigures;
};
/**
 * Counts the events on this page by result, and measures their latency. Acknowledgements report the figures to the service, as
 * the difference since the previous acknowledgement.
 *
 * Latency is measured on the service's clock. Answers to pings show the offset of the two clocks; the answer with the shortest
 * round trip is the most accurate.
 */
export type DeliveryFigures = {
    /**
     * events that arrived, from any source
     */
    received: number;
    /**
     * received events that handlers processed
     */
    applied: number;
    /**
     * repeated events without effect
     */
    duplicates: number;
    /**
     * events older than the state, without effect
     */
    stale: number;
    /**
     * events whose handler threw
     */
    failed: number;
    gaps: number;
    /**
     * from logging in the service to being applied
     */
    latencyMs: {
        p50: number;
        p95: number;
        last: number;
    } | null;
    /**
     * shortest so far
     */
    roundTripMs: number | null;
};
export type Analytics = ReturnType<typeof createAnalytics>;
