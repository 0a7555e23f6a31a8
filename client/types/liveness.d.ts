/**
 * Something came.
 * @param {number} now
 * @returns {Liveness}
 */
export function heard(now: number): Liveness;
/**
 * Asks at once. A question that waits for its answer already is given less time.
 * @param {Liveness} liveness
 * @param {number} now
 * @returns {Liveness} send a ping
 */
export function probe(liveness: Liveness, now: number): Liveness;
/**
 * @param {Liveness} liveness
 * @param {number} now
 * @returns {{ liveness: Liveness, verdict: 'fine' | 'ask' | 'dead' }}
 */
export function tick(liveness: Liveness, now: number): {
    liveness: Liveness;
    verdict: "fine" | "ask" | "dead";
};
/**
 * Whether the other side of a socket is still there. Browsers answer the server's ping frames by themselves and show
 * nothing of it, so the client asks with a JSON ping when it heard nothing for a while.
 *
 * Timers lie: a background tab's run once a minute, and a laptop sleeps. A question counts as unanswered only if the
 * answer had its time, so a timer that comes late gives one more chance before it condemns. Pure functions on a small
 * value; `next` is when to ask again.
 *
 * @typedef {object} Liveness
 * @property {number} heardAt when anything came last
 * @property {number | null} askedAt when the ping without an answer was sent
 * @property {boolean} lastChance whether the next silence is the end
 * @property {number} next when {@link tick} wants to be called
 */
/** Silence after which the client asks; well below the server's 60 s of patience. */
export const ASK_AFTER: 20000;
/** How long the answer may take. */
export const ANSWER_WITHIN: 10000;
/** The same when a person is looking: after a return to the tab, or a change of network. */
export const ANSWER_WITHIN_WHEN_WATCHED: 4000;
/**
 * Whether the other side of a socket is still there. Browsers answer the server's ping frames by themselves and show
 * nothing of it, so the client asks with a JSON ping when it heard nothing for a while.
 *
 * Timers lie: a background tab's run once a minute, and a laptop sleeps. A question counts as unanswered only if the
 * answer had its time, so a timer that comes late gives one more chance before it condemns. Pure functions on a small
 * value; `next` is when to ask again.
 */
export type Liveness = {
    /**
     * when anything came last
     */
    heardAt: number;
    /**
     * when the ping without an answer was sent
     */
    askedAt: number | null;
    /**
     * whether the next silence is the end
     */
    lastChance: boolean;
    /**
     * when {@link tick} wants to be called
     */
    next: number;
};
