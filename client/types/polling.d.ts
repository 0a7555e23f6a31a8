/**
 * When to ask next. Spread by a tenth, so that clients which lost the same server do not ask in step.
 * @param {number | undefined} proposedMs
 * @param {number} dice in [0, 1)
 */
export function nextPoll(proposedMs: number | undefined, dice: number): number;
/**
 * @typedef {{ kind: 'page', messages: AnyMessage[], cursor: string | null, hasMore: boolean, pollAfterMs: number | undefined }
 *   | { kind: 'bad-cursor' }
 *   | { kind: 'refused', status: number }
 *   | { kind: 'later', afterMs: number | undefined, detail: string }} PollAnswer
 */
/**
 * One question to the polling endpoint, token included.
 * @param {object} question
 * @param {string} question.url
 * @param {((reason: TokenReason) => Promise<string | null>) | null} question.token
 * @param {TokenReason} question.reason
 * @param {() => string | null} question.cursor null: from now on
 * @param {import('./environment.js').Environment} question.environment
 * @returns {Promise<PollAnswer>} never rejects, and is there after {@link ANSWER_WITHIN} and the token's own limit
 */
export function ask({ url, token, reason, cursor, environment }: {
    url: string;
    token: ((reason: TokenReason) => Promise<string | null>) | null;
    reason: TokenReason;
    cursor: () => string | null;
    environment: import("./environment.js").Environment;
}): Promise<PollAnswer>;
/**
 * @param {object} parts
 * @param {string} parts.url
 * @param {((reason: TokenReason) => Promise<string | null>) | null} parts.token
 * @param {() => string | null} parts.cursor
 * @param {(page: { messages: AnyMessage[], cursor: string | null }) => void} parts.deliver
 * @param {() => void} parts.badCursor the cursor is of no use: forget it
 * @param {(ms: number) => void} parts.overloaded the service asked to be left alone for so long
 * @param {(state: { running: boolean, working: boolean, reason: string }) => void} parts.changed
 * @param {import('./log.js').Log} parts.log
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createPolling({ url, token, cursor, deliver, badCursor, overloaded, changed, log, environment }: {
    url: string;
    token: ((reason: TokenReason) => Promise<string | null>) | null;
    cursor: () => string | null;
    deliver: (page: {
        messages: AnyMessage[];
        cursor: string | null;
    }) => void;
    badCursor: () => void;
    overloaded: (ms: number) => void;
    changed: (state: {
        running: boolean;
        working: boolean;
        reason: string;
    }) => void;
    log: import("./log.js").Log;
    environment: import("./environment.js").Environment;
}): {
    start(): void;
    /**
     * From here on nothing is delivered any more, not even by a request that is under way.
     * @param {boolean} forget whether the next start may ask at once, as the socket was live in between
     */
    stop(forget: boolean): void;
    /** Asks if it is time to, in case a timer is held up. */
    tick(): void;
    /** Asks at once, unless that is being done. @returns {Promise<void>} when everything up to now was delivered */
    now(): Promise<void>;
};
/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./token.js').TokenReason} TokenReason */
/** What the server proposes if it says nothing (ms). */
export const POLL_AFTER: 30000;
/** The server's wish is respected within these bounds (ms). */
export const POLL_AT_LEAST: 1000;
export const POLL_AT_MOST: 600000;
/** How long one request may take. */
export const ANSWER_WITHIN: 10000;
export type PollAnswer = {
    kind: "page";
    messages: AnyMessage[];
    cursor: string | null;
    hasMore: boolean;
    pollAfterMs: number | undefined;
} | {
    kind: "bad-cursor";
} | {
    kind: "refused";
    status: number;
} | {
    kind: "later";
    afterMs: number | undefined;
    detail: string;
};
export type AnyMessage = import("./messages.js").AnyMessage;
export type TokenReason = import("./token.js").TokenReason;
export type Polling = ReturnType<typeof createPolling>;
