/**
 * The parts that need a token for the same reason at the same moment share one call. A call that does not answer within
 * {@link TOKEN_WITHIN} is shared no longer; if it answers after all, its token still counts.
 *
 * @param {TokenFunction} ask
 * @param {import('./environment.js').Environment} environment
 * @returns {(reason: TokenReason) => Promise<string | null>} null if there is no usable token; rejects if asking failed or
 *     took too long
 */
export function createTokenSource(ask: TokenFunction, environment: import("./environment.js").Environment): (reason: TokenReason) => Promise<string | null>;
/**
 * @param {string} token
 * @returns {{ sub?: string, role?: string, exp?: number }} nothing if the token is no JWT
 */
export function claimsOf(token: string): {
    sub?: string;
    role?: string;
    exp?: number;
};
/** @typedef {'connect' | 'poll' | 'renew' | 'expired'} TokenReason why it is needed; at `expired` a new one must be made */
/** @typedef {(request: { reason: TokenReason }) => Promise<string | null | undefined> | string | null | undefined} TokenFunction */
/** A call that takes longer is given up, and the function is called anew at the next attempt (ms). */
export const TOKEN_WITHIN: 15000;
/**
 * why it is needed; at `expired` a new one must be made
 */
export type TokenReason = "connect" | "poll" | "renew" | "expired";
export type TokenFunction = (request: {
    reason: TokenReason;
}) => Promise<string | null | undefined> | string | null | undefined;
