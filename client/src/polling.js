/**
 * Polls `GET /api/v1/events/recent` while the socket is down (R-EV-4). Both use the same cursor, so they can alternate
 * without loss or duplicates. Only one of them may run at a time; delivery.js ensures that.
 */

import { LONGEST_HINT, retryAfterMs, spreadHint } from './backoff.js';
import { within } from './limits.js';
import { isMessage } from './messages.js';

/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./token.js').TokenReason} TokenReason */

/** Default interval (ms). */
export const POLL_AFTER = 30_000;

/** Bounds for the interval that the server requests (ms). */
export const POLL_AT_LEAST = 1_000;
export const POLL_AT_MOST = 600_000;

/** Time limit of one request. */
export const ANSWER_WITHIN = 10_000;

/** Maximum number of pages that are read without a pause. */
const PAGES_IN_A_ROW = 50;

/**
 * The time until the next poll, spread by a tenth, so that clients of a lost server do not poll at the same time.
 * @param {number | undefined} proposedMs
 * @param {number} dice in [0, 1)
 */
export function nextPoll(proposedMs, dice) {
  const asked = typeof proposedMs === 'number' && Number.isFinite(proposedMs) ? proposedMs : POLL_AFTER;
  const pause = Math.min(Math.max(asked, POLL_AT_LEAST), POLL_AT_MOST);
  return Math.round(pause * (1 + dice / 10));
}

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
export async function ask({ url, token, reason, cursor, environment }) {
  const { AbortController, fetch } = environment;
  const abort = AbortController ? new AbortController() : null;
  try {
    const bearer = token === null ? '' : await token(reason);
    if (bearer === null) {
      return later('no access token or valid role available');
    }
    const position = cursor();
    return await within(environment, ANSWER_WITHIN, 'the polling endpoint', async () => {
      const response = await fetch(position === null ? url : withCursor(url, position), {
        headers: bearer ? { Authorization: `Bearer ${bearer}` } : {},
        cache: 'no-store',
        ...(abort ? { signal: abort.signal } : {}),
      });
      return response.ok ? pageOf(await response.json()) : refusal(response, position, environment.now());
    });
  } catch (error) {
    abort?.abort();
    return later(String(/** @type {any} */ (error)?.message ?? error));
  }
}

/** @param {string} detail @returns {PollAnswer} */
function later(detail) {
  return { kind: 'later', afterMs: undefined, detail };
}

/** @param {string} url @param {string} cursor */
function withCursor(url, cursor) {
  return `${url}${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}

/** @param {Response} response @param {string | null} cursor @param {number} now @returns {PollAnswer} */
function refusal({ status, headers }, cursor, now) {
  if (status === 400 && cursor !== null) {
    return { kind: 'bad-cursor' };
  }
  if (status === 401 || status === 403) {
    return { kind: 'refused', status };
  }
  return { kind: 'later', afterMs: retryAfterMs(headers, now), detail: `the polling endpoint answered ${status}` };
}

/** @param {any} body @returns {PollAnswer} */
function pageOf(body) {
  if (body === null || typeof body !== 'object' || !Array.isArray(body.events)) {
    return later('the polling endpoint answered something else');
  }
  const gaps = Array.isArray(body.gap) ? body.gap : [];
  return {
    kind: 'page',
    messages: [...gaps, ...body.events].filter(isMessage),
    cursor: typeof body.cursor === 'string' ? body.cursor : null,
    hasMore: body.hasMore === true,
    pollAfterMs: body.pollAfterMs,
  };
}

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
export function createPolling({ url, token, cursor, deliver, badCursor, overloaded, changed, log, environment }) {
  let running = false;
  /** The round that is under way. @type {{ isOver: boolean } | null} */
  let round = null;
  /** @type {Promise<void>} */
  let roundDone = Promise.resolve();
  /** @type {any} */
  let timer = null;
  /** The time of the next poll that the server requested. */
  let dueAt = 0;
  /** The server requested no poll before this time. */
  let heldUntil = 0;

  return {
    start() {
      if (running) {
        return;
      }
      running = true;
      log('[EventPolling] Starting polling');
      scheduleAt(dueAt);
    },

    /**
     * Stops delivery, including that of a request in progress.
     * @param {boolean} forget whether the next start may poll at once, because the socket was live in between
     */
    stop(forget) {
      if (forget) {
        dueAt = 0;
      }
      if (running) {
        running = false;
        log('[EventPolling] Stopped polling');
      }
      environment.clearTimeout(timer);
      endRound();
    },

    /** Polls if it is due, in case a timer is delayed. */
    tick() {
      if (running && round === null && environment.steady() >= dueAt) {
        void run();
      }
    },

    /** Polls at once, unless a poll is in progress. @returns {Promise<void>} when all events up to now were delivered */
    now() {
      return running && environment.steady() >= heldUntil ? run() : Promise.resolve();
    },
  };

  /** @param {number} time */
  function scheduleAt(time) {
    environment.clearTimeout(timer);
    timer = environment.setTimeout(() => void run(), Math.max(0, time - environment.steady()));
  }

  function endRound() {
    if (round !== null) {
      round.isOver = true;
      round = null;
    }
  }

  function run() {
    if (round === null) {
      environment.clearTimeout(timer);
      const mine = { isOver: false };
      round = mine;
      roundDone = readAll(mine)
        .catch(environment.reportError)
        .then((pause) => {
          if (round === mine) {
            round = null;
            dueAt = environment.steady() + nextPoll(pause ?? undefined, environment.random());
            scheduleAt(dueAt);
          }
        });
    }
    return roundDone;
  }

  /** @param {{ isOver: boolean }} mine @returns {Promise<number | undefined>} the pause that the server requested */
  async function readAll(mine) {
    /** @type {TokenReason} */
    let reason = 'poll';
    let pause;
    for (let pages = 0; pages < PAGES_IN_A_ROW; pages++) {
      const answer = await ask({ url, token, reason, cursor, environment });
      if (mine.isOver) {
        return undefined;
      }
      switch (answer.kind) {
        case 'page':
          deliver(answer);
          changed({ running: true, working: true, reason: '' });
          pause = answer.pollAfterMs;
          if (!answer.hasMore) {
            return pause;
          }
          break;
        case 'bad-cursor':
          badCursor();
          break;
        case 'refused':
          if (reason === 'expired') {
            giveUp(answer.status);
            return undefined;
          }
          reason = 'expired';
          break;
        case 'later':
          changed({ running: true, working: false, reason: answer.detail });
          return answer.afterMs === undefined ? undefined : stayAway(answer.afterMs);
      }
    }
    return pause;
  }

  /** @param {number} hintMs @returns {number} the pause until the next poll */
  function stayAway(hintMs) {
    const pause = spreadHint(hintMs, environment.random());
    heldUntil = environment.steady() + pause;
    overloaded(pause);
    return Math.min(pause, LONGEST_HINT);
  }

  /** @param {number} status */
  function giveUp(status) {
    running = false;
    endRound();
    dueAt = environment.steady() + POLL_AFTER;
    changed({ running: false, working: false, reason: `the polling endpoint answered ${status} to a new token, too` });
  }
}

/** @typedef {ReturnType<typeof createPolling>} Polling */
