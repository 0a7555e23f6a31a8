/**
 * @param {TokenFunction} ask
 * @returns {(reason: TokenReason) => Promise<string | null>} null if there is no usable token; rejects if asking failed
 */
export function createTokenSource(ask: TokenFunction): (reason: TokenReason) => Promise<string | null>;
/**
 * @param {string} token
 * @returns {{ sub?: string, role?: string, exp?: number }} nothing if the token is no JWT
 */
export function claimsOf(token: string): {
    sub?: string;
    role?: string;
    exp?: number;
};
/**
 * why it is needed; at `expired` a new one must be made
 */
export type TokenReason = "connect" | "poll" | "renew" | "expired";
export type TokenFunction = (request: {
    reason: TokenReason;
}) => Promise<string | null | undefined> | string | null | undefined;
