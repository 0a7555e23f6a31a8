/**
 * Asks `GET /api/v1/events/recent` while the socket is down (R-EV-4). The cursor is the socket's, so the two can take
 * turns without loss or repeat; only one of them may run at a time, which delivery.js sees to.
 */

import { isMessage } from './messages.js';

/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./token.js').TokenReason} TokenReason */

/** What the server proposes if it says nothing (ms). */
export const POLL_AFTER = 30_000;

/** The server's wish is respected within these bounds (ms). */
export const POLL_AT_LEAST = 1_000;
export const POLL_AT_MOST = 600_000;

/** How long one request may take. */
export const ANSWER_WITHIN = 10_000;

/** Most pages that are read in a row before other work gets its turn. */
const PAGES_IN_A_ROW = 50;

/**
 * When to ask next. Spread by a tenth, so that clients which lost the same server do not ask in step.
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
 * One question to the polling endpoint.
 * @param {object} question
 * @param {string} question.url
 * @param {string | null} question.token
 * @param {string | null} question.cursor null: from now on
 * @param {typeof fetch} question.fetch
 * @param {AbortSignal} question.signal
 * @returns {Promise<PollAnswer>}
 */
export async function ask({ url, token, cursor, fetch, signal }) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(cursor === null ? url : withCursor(url, cursor), {
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      cache: 'no-store',
      signal,
    });
    if (!response.ok) {
      return refusal(response, cursor);
    }
    return pageOf(await response.json());
  } catch (error) {
    return { kind: 'later', afterMs: undefined, detail: String(/** @type {any} */ (error)?.message ?? error) };
  }
}

/** @param {string} url @param {string} cursor */
function withCursor(url, cursor) {
  return `${url}${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}

/** @param {Response} response @param {string | null} cursor @returns {PollAnswer} */
function refusal({ status, headers }, cursor) {
  if (status === 400 && cursor !== null) {
    return { kind: 'bad-cursor' };
  }
  if (status === 401 || status === 403) {
    return { kind: 'refused', status };
  }
  const seconds = Number.parseInt(headers.get('Retry-After') ?? '', 10);
  const afterMs = Number.isNaN(seconds) ? undefined : seconds * 1000;
  return { kind: 'later', afterMs, detail: `the polling endpoint answered ${status}` };
}

/** @param {any} body @returns {PollAnswer} */
function pageOf(body) {
  if (body === null || typeof body !== 'object' || !Array.isArray(body.events)) {
    return { kind: 'later', afterMs: undefined, detail: 'the polling endpoint answered something else' };
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
 * @param {() => void} parts.badCursor the cursor is of no use: forget it
 * @param {(state: { running: boolean, working: boolean, reason: string }) => void} parts.changed
 * @param {import('./log.js').Log} parts.log
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createPolling({ url, token, cursor, deliver, badCursor, changed, log, environment }) {
  let running = false;
  /** @type {AbortController | null} The round that is under way. */
  let round = null;
  /** @type {Promise<void>} */
  let roundDone = Promise.resolve();
  /** @type {any} */
  let timer = null;
  /** When the server wants to be asked next. */
  let dueAt = 0;

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
     * From here on nothing is delivered any more, not even by a request that is under way.
     * @param {boolean} forget whether the next start may ask at once, as the socket was live in between
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
      round?.abort();
      round = null;
    },

    /** Asks at once, unless that is being done. @returns {Promise<void>} when everything up to now was delivered */
    now() {
      return running ? run() : Promise.resolve();
    },
  };

  /** @param {number} time */
  function scheduleAt(time) {
    environment.clearTimeout(timer);
    timer = environment.setTimeout(() => void run(), Math.max(0, time - environment.now()));
  }

  function run() {
    if (round === null) {
      environment.clearTimeout(timer);
      const mine = new AbortController();
      round = mine;
      roundDone = readAll(mine)
        .catch(environment.reportError)
        .then((pause) => {
          if (round === mine) {
            round = null;
            dueAt = environment.now() + nextPoll(pause ?? undefined, environment.random());
            scheduleAt(dueAt);
          }
        });
    }
    return roundDone;
  }

  /** @param {AbortController} mine @returns {Promise<number | undefined>} the pause that the server wants */
  async function readAll(mine) {
    /** @type {TokenReason} */
    let reason = 'poll';
    let pause;
    for (let pages = 0; pages < PAGES_IN_A_ROW; pages++) {
      const answer = await readPage(mine, reason);
      if (mine.signal.aborted) {
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
          return answer.afterMs;
      }
    }
    return pause;
  }

  /** @param {AbortController} mine @param {TokenReason} reason @returns {Promise<PollAnswer>} */
  async function readPage(mine, reason) {
    // The clock of the caller, so that a test's time counts; AbortSignal.timeout has a clock of its own.
    const late = environment.setTimeout(() => expire.abort(), ANSWER_WITHIN);
    const expire = new AbortController();
    const forward = () => expire.abort();
    mine.signal.addEventListener('abort', forward);
    try {
      const bearer = token === null ? '' : await token(reason);
      return bearer === null
        ? { kind: 'later', afterMs: undefined, detail: 'no access token or valid role available' }
        : await ask({ url, token: bearer, cursor: cursor(), fetch: environment.fetch, signal: expire.signal });
    } catch (error) {
      return { kind: 'later', afterMs: undefined, detail: `the token could not be had: ${error}` };
    } finally {
      environment.clearTimeout(late);
      mine.signal.removeEventListener('abort', forward);
    }
  }

  /** @param {number} status */
  function giveUp(status) {
    running = false;
    round?.abort();
    round = null;
    dueAt = environment.now() + POLL_AFTER;
    changed({ running: false, working: false, reason: `the polling endpoint answered ${status} to a new token, too` });
  }
}

/** @typedef {ReturnType<typeof createPolling>} Polling */
