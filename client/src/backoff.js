/**
 * Computes the wait before the next attempt: full jitter under a ceiling that doubles, with a lower bound, so that unlucky random
 * numbers cause no storm. The functions are pure; the caller passes the random number.
 *
 * The first retry may happen at any moment under its ceiling, which spreads the clients of a replica that stopped. From
 * the second retry on, the wait is at least a fifth of the ceiling. A minute therefore contains at most
 * {@link MOST_ATTEMPTS_PER_MINUTE} attempts.
 *
 * An overloaded service sends a time to retry (`after_ms`, `Retry-After`). Many clients receive the same time, so it is spread,
 * too.
 */

/** @typedef {import('./close-codes.js').Advice} Advice */

export const MOST_ATTEMPTS_PER_MINUTE = 20;

/** Upper bound for hints of a server (ms). */
export const LONGEST_HINT = 300_000;

const FLOOR = 0.2;

/** A hint is extended by up to this share, at random. */
const HINT_SPREAD = 0.1;

/** @type {Record<Exclude<Advice, 'stop'>, { first: number, most: number }>} in ms */
const CEILINGS = {
  reconnect: { first: 1_000, most: 30_000 },
  'back-off': { first: 4_000, most: 60_000 },
  'new-token': { first: 1_000, most: 30_000 },
};

/**
 * @param {object} question
 * @param {Exclude<Advice, 'stop'>} question.advice
 * @param {number} question.attempt consecutive failures before this one
 * @param {number} [question.hintMs] the time that the server requested; the wait is not shorter, except above {@link LONGEST_HINT}
 * @param {number} question.dice in [0, 1)
 * @returns {number} milliseconds
 */
export function retryDelay({ advice, attempt, hintMs = 0, dice }) {
  const hint = spreadHint(hintMs, dice);
  if (advice === 'new-token' && attempt === 0) {
    return hint;
  }
  const { first, most } = CEILINGS[advice];
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 16));
  const floor = attempt === 0 ? 0 : ceiling * FLOOR;
  return Math.round(Math.max(hint, floor + dice * (ceiling - floor)));
}

/**
 * The wait after a request of the service to retry later.
 * @param {number} hintMs the requested time; bounded by {@link LONGEST_HINT}
 * @param {number} dice in [0, 1)
 * @returns {number} milliseconds
 */
export function spreadHint(hintMs, dice) {
  const hint = Math.min(Math.max(Number.isFinite(hintMs) ? hintMs : 0, 0), LONGEST_HINT);
  return Math.round(hint * (1 + dice * HINT_SPREAD));
}

/**
 * Reads the header `Retry-After` of a refusal, in either of its forms: seconds, or a date.
 * @param {{ get: (name: string) => string | null }} headers
 * @param {number} now epoch ms
 * @returns {number | undefined} milliseconds; undefined if there is none
 */
export function retryAfterMs(headers, now) {
  const text = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  // Compared with the service's own clock where the browser may read it.
  const until = Date.parse(text) - (Date.parse(headers.get('Date') ?? '') || now);
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}
