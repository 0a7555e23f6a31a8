/**
 * Data arrived.
 * @param {number} now
 * @returns {Liveness}
 */
export function heard(now: number): Liveness;
/**
 * Sends a ping at once. A ping that already waits for its answer gets less time.
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
 * Detects a dead connection. Browsers answer the server's ping frames without notifying the page, so the client sends a JSON ping
 * after a period of silence.
 *
 * Timers are unreliable: in a background tab they fire once a minute, and a laptop sleeps. A ping counts as unanswered only if there was
 * time for the answer, so after a late timer the ping gets one more chance. The functions are pure and work on a small
 * value; `next` is the time of the next check.
 *
 * @typedef {object} Liveness
 * @property {number} heardAt when data last arrived
 * @property {number | null} askedAt when the unanswered ping was sent
 * @property {boolean} lastChance whether the next timeout means a dead connection
 * @property {number} next when {@link tick} must be called
 */
/** Silence after which the client sends a ping; well below the server's limit of 60 s. */
export const ASK_AFTER: 20000;
/** Time limit of the answer. */
export const ANSWER_WITHIN: 10000;
/** The same after the user returned to the tab, or after a change of network. */
export const ANSWER_WITHIN_WHEN_WATCHED: 4000;
/**
 * Detects a dead connection. Browsers answer the server's ping frames without notifying the page, so the client sends a JSON ping
 * after a period of silence.
 *
 * Timers are unreliable: in a background tab they fire once a minute, and a laptop sleeps. A ping counts as unanswered only if there was
 * time for the answer, so after a late timer the ping gets one more chance. The functions are pure and work on a small
 * value; `next` is the time of the next check.
 */
export type Liveness = {
    /**
     * when data last arrived
     */
    heardAt: number;
    /**
     * when the unanswered ping was sent
     */
    askedAt: number | null;
    /**
     * whether the next timeout means a dead connection
     */
    lastChance: boolean;
    /**
     * when {@link tick} must be called
     */
    next: number;
};
