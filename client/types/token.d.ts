/**
 * Modules that need a token for the same reason at the same time share one call. A call that does not return within
 * {@link TOKEN_WITHIN} is no longer shared; if it returns later, its token is still used.
 *
 * @param {TokenFunction} ask
 * @param {import('./environment.js').Environment} environment
 * @returns {(reason: TokenReason) => Promise<string | null>} null if there is no usable token; rejects if the call failed or
 *     took too long
 */
export function createTokenSource(ask: TokenFunction, environment: import("./environment.js").Environment): (reason: TokenReason) => Promise<string | null>;
/**
 * @param {string} token
 * @returns {{ sub?: string, role?: string, exp?: number }} empty if the token is no JWT
 */
export function claimsOf(token: string): {
    sub?: string;
    role?: string;
    exp?: number;
};
/** @typedef {'connect' | 'poll' | 'renew' | 'expired'} TokenReason why it is needed; `expired` requires a new token */
/** @typedef {(request: { reason: TokenReason }) => Promise<string | null | undefined> | string | null | undefined} TokenFunction */
/** Time limit of a call; the function is called again at the next attempt (ms). */
export const TOKEN_WITHIN: 15000;
/**
 * why it is needed; `expired` requires a new token
 */
export type TokenReason = "connect" | "poll" | "renew" | "expired";
export type TokenFunction = (request: {
    reason: TokenReason;
}) => Promise<string | null | undefined> | string | null | undefined;
