/**
 * The time until the next poll, spread by a tenth, so that clients of a lost server do not poll at the same time.
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
 * One request to the polling endpoint, including the token.
 * @param {object} question
 * @param {string} question.url
 * @param {((reason: TokenReason) => Promise<string | null>) | null} question.token
 * @param {TokenReason} question.reason
 * @param {() => string | null} question.cursor null: from now on
 * @param {import('./environment.js').Environment} question.environment
 * @returns {Promise<PollAnswer>} never rejects; settles within {@link ANSWER_WITHIN} and the token's own limit
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
 * @param {() => void} parts.badCursor the cursor is invalid: the caller drops it
 * @param {(ms: number) => void} parts.overloaded the service requested no calls for this time
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
     * Stops delivery, including that of a request in progress.
     * @param {boolean} forget whether the next start may poll at once, because the socket was live in between
     */
    stop(forget: boolean): void;
    /** Polls if it is due, in case a timer is delayed. */
    tick(): void;
    /** Polls at once, unless a poll is in progress. @returns {Promise<void>} when all events up to now were delivered */
    now(): Promise<void>;
};
/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./token.js').TokenReason} TokenReason */
/** Default interval (ms). */
export const POLL_AFTER: 30000;
/** Bounds for the interval that the server requests (ms). */
export const POLL_AT_LEAST: 1000;
export const POLL_AT_MOST: 600000;
/** Time limit of one request. */
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
