/**
 * @param {object} question
 * @param {Exclude<Advice, 'stop'>} question.advice
 * @param {number} question.attempt consecutive failures before this one
 * @param {number} [question.hintMs] the time that the server requested; the wait is not shorter, except above {@link LONGEST_HINT}
 * @param {number} question.dice in [0, 1)
 * @returns {number} milliseconds
 */
export function retryDelay({ advice, attempt, hintMs, dice }: {
    advice: Exclude<Advice, "stop">;
    attempt: number;
    hintMs?: number | undefined;
    dice: number;
}): number;
/**
 * The wait after a request of the service to retry later.
 * @param {number} hintMs the requested time; bounded by {@link LONGEST_HINT}
 * @param {number} dice in [0, 1)
 * @returns {number} milliseconds
 */
export function spreadHint(hintMs: number, dice: number): number;
/**
 * Reads the header `Retry-After` of a refusal, in either of its forms: seconds, or a date.
 * @param {{ get: (name: string) => string | null }} headers
 * @param {number} now epoch ms
 * @returns {number | undefined} milliseconds; undefined if there is none
 */
export function retryAfterMs(headers: {
    get: (name: string) => string | null;
}, now: number): number | undefined;
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
export const MOST_ATTEMPTS_PER_MINUTE: 20;
/** Upper bound for hints of a server (ms). */
export const LONGEST_HINT: 300000;
export type Advice = import("./close-codes.js").Advice;
