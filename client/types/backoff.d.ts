/**
 * @param {object} question
 * @param {Exclude<Advice, 'stop'>} question.advice
 * @param {number} question.attempt failures in a row before this one
 * @param {number} [question.hintMs] what the server asked for; never less is waited, except above {@link LONGEST_HINT}
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
 * How long to stay away after a service asked for it.
 * @param {number} hintMs what it asked for; bounded by {@link LONGEST_HINT}
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
 * How long to wait before the next attempt: full jitter under a ceiling that doubles, clamped from below so that even
 * unlucky dice make no storm. A pure function; the dice are passed in.
 *
 * The first retry may come at any moment under its ceiling, which spreads the clients of a replica that went away. From
 * the second on at least a fifth of the ceiling is waited. Whatever the dice say, a minute therefore holds at most
 * {@link MOST_ATTEMPTS_PER_MINUTE} attempts.
 *
 * A service under load says when to come back (`after_ms`, `Retry-After`). It tells many clients the same, so a hint is
 * spread, too.
 */
/** @typedef {import('./close-codes.js').Advice} Advice */
export const MOST_ATTEMPTS_PER_MINUTE: 20;
/** No hint of a server holds a client back for longer (ms). */
export const LONGEST_HINT: 300000;
export type Advice = import("./close-codes.js").Advice;
