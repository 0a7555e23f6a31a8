/** @param {() => number} now ms of a clock that never goes back; how far it is from the service's is measured */
export function createAnalytics(now: () => number): {
    /** @param {keyof typeof counts} what */
    count(what: "received" | "applied" | "duplicates" | "stale" | "failed" | "gaps"): void;
    /** @param {string} timestamp when the event was logged */
    took(timestamp: string): void;
    /** An answer to the last ping. @param {string} timestamp */
    answered(timestamp: string): void;
    /**
     * For an acknowledgement that is sent now. The first one is without latency: its answer tells the service's clock.
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
 * Counts what becomes of events on this page, and how late they are. The figures go back to the service with the
 * acknowledgements, as what was added since the last one.
 *
 * Latency is measured on the service's clock, which is known from answers to pings: the one with the shortest round
 * trip says best how far the two clocks are apart.
 */
export type DeliveryFigures = {
    /**
     * events that came, by any way
     */
    received: number;
    /**
     * of them, those that handlers took
     */
    applied: number;
    /**
     * came a second time, and had no effect
     */
    duplicates: number;
    /**
     * were older than what is shown, and had no effect
     */
    stale: number;
    /**
     * a handler threw
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
