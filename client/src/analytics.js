/**
 * Counts what becomes of events on this page, and how late they are. The figures go back to the service with the
 * acknowledgements, as what was added since the last one.
 *
 * Latency is measured on the service's clock, which is known from answers to pings: the one with the shortest round
 * trip says best how far the two clocks are apart.
 *
 * @typedef {object} DeliveryFigures
 * @property {number} received events that came, by any way
 * @property {number} applied of them, those that handlers took
 * @property {number} duplicates came a second time, and had no effect
 * @property {number} stale were older than what is shown, and had no effect
 * @property {number} failed a handler threw
 * @property {number} gaps
 * @property {{ p50: number, p95: number, last: number } | null} latencyMs from logging in the service to being applied
 * @property {number | null} roundTripMs shortest so far
 */

const SAMPLES = 200;

/** @param {() => number} now ms of a clock that never goes back; how far it is from the service's is measured */
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

    /** An answer to the last ping. @param {string} timestamp */
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
     * For an acknowledgement that is sent now. The first one is without latency: its answer tells the service's clock.
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
