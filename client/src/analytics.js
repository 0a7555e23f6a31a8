/**
 * Counts the events on this page by result, and measures their latency. Acknowledgements report the figures to the service, as
 * the difference since the previous acknowledgement.
 *
 * Latency is measured on the service's clock. Answers to pings show the offset of the two clocks; the answer with the shortest
 * round trip is the most accurate.
 *
 * @typedef {object} DeliveryFigures
 * @property {number} received events that arrived, from any source
 * @property {number} applied received events that handlers processed
 * @property {number} duplicates repeated events without effect
 * @property {number} stale events older than the state, without effect
 * @property {number} failed events whose handler threw
 * @property {number} gaps
 * @property {{ p50: number, p95: number, last: number } | null} latencyMs from logging in the service to being applied
 * @property {number | null} roundTripMs shortest so far
 */

const SAMPLES = 200;

/** @param {() => number} now ms of a monotonic clock; its offset to the service's clock is measured */
export function createAnalytics(now) {
  const counts = { received: 0, applied: 0, duplicates: 0, stale: 0, failed: 0, gaps: 0 };
  /** @type {number[]} */
  let latencies = [];
  let sent = { received: 0, applied: 0 };
  /** @type {number | null} */
  let askedAt = null;
  /** @type {number | null} */
  let roundTrip = null;
  let ahead = 0;

  return {
    /** @param {keyof typeof counts} what */
    count(what) {
      counts[what]++;
    },

    /** @param {string} timestamp when the event was logged */
    took(timestamp) {
      const latency = now() - ahead - Date.parse(timestamp);
      if (Number.isFinite(latency)) {
        latencies = [...latencies.slice(1 - SAMPLES), Math.max(0, latency)];
      }
    },

    /** Handles the answer to the last ping. @param {string} timestamp */
    answered(timestamp) {
      const time = Date.parse(timestamp);
      if (askedAt === null || Number.isNaN(time)) {
        return;
      }
      const trip = now() - askedAt;
      if (roundTrip === null || trip <= roundTrip) {
        roundTrip = trip;
        ahead = now() - trip / 2 - time;
      }
      askedAt = null;
    },

    /**
     * The figures for an acknowledgement that is sent now. The first one has no latency, because its answer provides the service's clock.
     * @returns {{ received?: number, applied?: number, latency_ms?: number }}
     */
    report() {
      askedAt = now();
      const received = counts.received - sent.received;
      const applied = counts.applied - sent.applied;
      sent = { received: counts.received, applied: counts.applied };
      const latency = roundTrip === null ? {} : { latency_ms: Math.round(latencies.at(-1) ?? 0) };
      return received === 0 ? {} : { received, applied, ...latency };
    },

    /** @returns {DeliveryFigures} */
    figures() {
      const sorted = [...latencies].sort((a, b) => a - b);
      const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
      const latencyMs =
        sorted.length === 0
          ? null
          : { p50: at(0.5) ?? 0, p95: at(0.95) ?? 0, last: latencies.at(-1) ?? 0 };
      return { ...counts, latencyMs, roundTripMs: roundTrip };
    },
  };
}

/** @typedef {ReturnType<typeof createAnalytics>} Analytics */
