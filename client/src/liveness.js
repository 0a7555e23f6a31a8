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
export const ASK_AFTER = 20_000;

/** How long the answer may take. */
export const ANSWER_WITHIN = 10_000;

/** The same when a person is looking: after a return to the tab, or a change of network. */
export const ANSWER_WITHIN_WHEN_WATCHED = 4_000;

/** A timer later than this was held up. */
const LATE = 2_000;

/**
 * Something came.
 * @param {number} now
 * @returns {Liveness}
 */
export function heard(now) {
  return { heardAt: now, askedAt: null, lastChance: false, next: now + ASK_AFTER };
}

/**
 * Asks at once. A question that waits for its answer already is given less time.
 * @param {Liveness} liveness
 * @param {number} now
 * @returns {Liveness} send a ping
 */
export function probe(liveness, now) {
  const next = now + ANSWER_WITHIN_WHEN_WATCHED;
  return { ...liveness, askedAt: now, lastChance: true, next };
}

/**
 * @param {Liveness} liveness
 * @param {number} now
 * @returns {{ liveness: Liveness, verdict: 'fine' | 'ask' | 'dead' }}
 */
export function tick(liveness, now) {
  if (now < liveness.next) {
    return { liveness, verdict: 'fine' };
  }
  const late = now - liveness.next > LATE;
  if (liveness.askedAt === null || (late && !liveness.lastChance)) {
    const lastChance = liveness.askedAt !== null;
    return { liveness: { ...liveness, askedAt: now, lastChance, next: now + ANSWER_WITHIN }, verdict: 'ask' };
  }
  return { liveness, verdict: 'dead' };
}
