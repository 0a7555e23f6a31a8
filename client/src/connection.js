/**
 * The life of a connection as a pure function: what is, what happened, the time and one throw of the dice go in; what is
 * now, and what to do about it, come out. Sockets, timers and tokens are socket.js's business.
 *
 * ```
 *            ┌──────────── retry, wake ─────────────┐
 *            ▼                                      │
 *  idle ─▶ token ─▶ opening ─▶ greeting ─▶ live ─▶ waiting
 *            │         │           │         │      ▲
 *            └─────────┴───────────┴─────────┴──────┤  any failure; the close code's hundred says how long
 *                                                   ▼
 *                                                stopped  (43xx, or the page asked for it)
 * ```
 *
 * Every attempt has a number. What an older attempt's socket or token call still has to say is ignored.
 */

import { ABNORMAL, CLIENT_GAVE_UP, adviceFor, nameOf } from './close-codes.js';
import { retryDelay } from './backoff.js';
import { TOKEN_WITHIN } from './token.js';
import * as Liveness from './liveness.js';

/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./token.js').TokenReason} TokenReason */
/** @typedef {'idle' | 'token' | 'opening' | 'greeting' | 'live' | 'waiting' | 'stopped'} Phase */

/**
 * @typedef {object} ConnectionState
 * @property {Phase} phase
 * @property {number} attempt the number of the current attempt
 * @property {number} failures consecutive failures
 * @property {number | null} deadline when a `tick` is due
 * @property {number} startedAt when the attempt began
 * @property {number} liveSince
 * @property {number} notBefore the server requested no attempt before this time
 * @property {number} holdUntil another answer of the same service requested this
 * @property {TokenReason} tokenReason for the next attempt
 * @property {string | null} token the current token
 * @property {Liveness.Liveness} liveness
 * @property {number | null} renewAt when to request a renewed token again
 * @property {{ code: number, afterMs: number, until: number } | null} bye the announcement of a close by the server
 * @property {string} reason why it is not live, for display
 * @property {number} code of the last close, 0 if there was none
 * @property {boolean} own whether the cause is in this tab, so that another tab may succeed: no token, a rejected token, no socket
 */

/**
 * Times are those of a monotonic clock.
 *
 * @typedef {{ type: 'start' }
 *   | { type: 'stop' }
 *   | { type: 'wake' }
 *   | { type: 'tick' }
 *   | { type: 'hold', ms: number }
 *   | { type: 'acknowledge' }
 *   | { type: 'token', attempt: number, token: string | null }
 *   | { type: 'token-failed', attempt: number, detail: string }
 *   | { type: 'opened', attempt: number }
 *   | { type: 'heard', attempt: number, message: AnyMessage | null }
 *   | { type: 'closed', attempt: number, code: number }
 *   | { type: 'unusable', attempt: number, detail: string }} Input
 *
 * @typedef {{ do: 'token', attempt: number, reason: TokenReason }
 *   | { do: 'open', attempt: number }
 *   | { do: 'authenticate', token: string, resume: boolean }
 *   | { do: 'ping' }
 *   | { do: 'close', code: number }
 *   | { do: 'deliver', message: AnyMessage }
 *   | { do: 'log', line: string }} Effect
 */

/** Time limit of each step of an attempt (ms). The token's own limit is a little shorter, and its error is more precise. */
const TOKEN_COMES_WITHIN = TOKEN_WITHIN + 1_000;
export const OPEN_WITHIN = 10_000;
export const GREET_WITHIN = 15_000;

/** After a connection of this duration the count of failures restarts. */
export const GOOD_AFTER = 10_000;

/** Minimum time between the start of the last attempt and one after a wake-up. */
export const WAKE_APART = 5_000;

/** Time until a renewal without a new token is repeated. */
export const RENEW_AGAIN = 10_000;

/** Time limit for the close after a `bye`. */
const CLOSE_WITHIN = 5_000;

/** @returns {ConnectionState} */
export function idle() {
  return {
    phase: 'idle',
    attempt: 0,
    failures: 0,
    deadline: null,
    startedAt: -Infinity,
    liveSince: 0,
    notBefore: 0,
    holdUntil: 0,
    tokenReason: 'connect',
    token: null,
    liveness: Liveness.heard(0),
    renewAt: null,
    bye: null,
    reason: '',
    code: 0,
    own: false,
  };
}

/**
 * @param {ConnectionState} state
 * @param {Input} input
 * @param {{ now: number, dice: number }} chance the time, and a number in [0, 1)
 * @returns {{ state: ConnectionState, effects: Effect[] }}
 */
export function step(state, input, { now, dice }) {
  if ('attempt' in input && input.attempt !== state.attempt) {
    return unchanged(state);
  }
  switch (input.type) {
    case 'start':
      return state.phase === 'idle' || state.phase === 'stopped'
        ? attempt({ ...state, failures: 0, notBefore: 0, holdUntil: 0 }, now)
        : woken(state, now);
    case 'stop':
      return stopped({ ...state, reason: 'the page stopped it', code: 0, own: false }, [{ do: 'close', code: 1000 }]);
    case 'wake':
      // A timer may have been delayed or lost.
      return isOverdue(state, now) ? due(state, now, dice) : woken(state, now);
    case 'hold':
      return held(state, now + input.ms);
    case 'tick':
      return isOverdue(state, now) ? due(state, now, dice) : unchanged(state);
    case 'acknowledge':
      return state.phase === 'live' ? { state, effects: [{ do: 'ping' }] } : unchanged(state);
    case 'token':
      return gotToken(state, input.token, now, dice);
    case 'token-failed':
      return state.phase === 'token'
        ? failed(state, { code: 0, reason: `the token could not be had: ${input.detail}`, own: true }, now, dice)
        : unchanged(state.phase === 'live' ? { ...state, renewAt: now + RENEW_AGAIN } : state);
    case 'opened':
      return opened(state, now);
    case 'heard':
      return heard(state, input.message, now);
    case 'closed':
      return ended(state, input.code, now, dice);
    case 'unusable': {
      const failure = failed(state, { code: 0, reason: input.detail, own: true }, now, dice);
      const line = '[EventSocket] ❌ Failed to initialize WebSocket';
      return { ...failure, effects: [{ do: 'log', line }, ...failure.effects] };
    }
  }
}

/** @param {ConnectionState} state */
function unchanged(state) {
  return { state: withDeadline(state), effects: /** @type {Effect[]} */ ([]) };
}

/** @param {ConnectionState} state @param {number} now */
function isOverdue(state, now) {
  return state.deadline !== null && now >= state.deadline;
}

/**
 * Handles the answer of an HTTP request that reports an overloaded service, because browsers do not expose a rejected handshake. One such
 * answer delays one attempt, so the socket is tried even if every answer reports overload.
 * @param {ConnectionState} state
 * @param {number} until
 */
function held(state, until) {
  const holdUntil = state.holdUntil > state.startedAt ? state.holdUntil : until;
  const deadline = state.phase === 'waiting' ? Math.max(state.deadline ?? 0, holdUntil) : state.deadline;
  return unchanged({ ...state, holdUntil, deadline });
}

/** The earliest time at which a live connection needs a tick. @param {ConnectionState} state */
function withDeadline(state) {
  if (state.phase !== 'live') {
    return state;
  }
  const deadline = Math.min(state.liveness.next, state.renewAt ?? Infinity, state.bye?.until ?? Infinity);
  return { ...state, deadline };
}

/** @param {ConnectionState} state @param {number} now @returns {{ state: ConnectionState, effects: Effect[] }} */
function attempt(state, now) {
  const number = state.attempt + 1;
  return {
    state: { ...state, phase: 'token', attempt: number, startedAt: now, deadline: now + TOKEN_COMES_WITHIN, bye: null },
    effects: [{ do: 'token', attempt: number, reason: state.tokenReason }],
  };
}

/** @param {ConnectionState} state @param {number} now @returns {{ state: ConnectionState, effects: Effect[] }} */
function woken(state, now) {
  if (state.phase === 'live') {
    const liveness = Liveness.probe(state.liveness, now);
    return { state: withDeadline({ ...state, liveness }), effects: [{ do: 'ping' }] };
  }
  const soon = now < state.startedAt + WAKE_APART || now < state.notBefore || now < state.holdUntil;
  return state.phase === 'waiting' && !soon ? attempt(state, now) : unchanged(state);
}

/** @param {ConnectionState} state @param {number} now @param {number} dice */
function due(state, now, dice) {
  switch (state.phase) {
    case 'waiting':
      return attempt(state, now);
    case 'token':
      return failed(state, { code: 0, reason: 'no token came in time', own: true }, now, dice);
    case 'opening':
    case 'greeting':
      return givenUp(state, 'the service did not answer in time', now, dice);
    case 'live':
      return dueWhileLive(state, now, dice);
    default:
      return unchanged({ ...state, deadline: null });
  }
}

/** @param {ConnectionState} state @param {number} now @param {number} dice */
function dueWhileLive(state, now, dice) {
  if (state.bye !== null && now >= state.bye.until) {
    return ended(state, ABNORMAL, now, dice, [{ do: 'close', code: CLIENT_GAVE_UP }]);
  }
  const { liveness, verdict } = Liveness.tick(state.liveness, now);
  if (verdict === 'dead') {
    return givenUp(state, 'the service fell silent', now, dice);
  }
  /** @type {Effect[]} */
  const effects = verdict === 'ask' ? [{ do: 'ping' }] : [];
  const renew = state.renewAt !== null && now >= state.renewAt;
  if (renew) {
    effects.push({ do: 'token', attempt: state.attempt, reason: 'renew' });
  }
  return { state: withDeadline({ ...state, liveness, renewAt: renew ? null : state.renewAt }), effects };
}

/**
 * @param {ConnectionState} state
 * @param {string | null} token null if the page has none
 * @param {number} now
 * @param {number} dice
 * @returns {{ state: ConnectionState, effects: Effect[] }}
 */
function gotToken(state, token, now, dice) {
  if (state.phase === 'live') {
    // The same token would be no renewal. After its expiry the service closes with 4200, which requests a new one.
    return token === null || token === state.token
      ? unchanged({ ...state, renewAt: now + RENEW_AGAIN })
      : { state: { ...state, token }, effects: [{ do: 'authenticate', token, resume: false }] };
  }
  if (state.phase !== 'token') {
    return unchanged(state);
  }
  if (token === null) {
    const failure = failed(state, { code: 0, reason: 'no access token or valid role available', own: true }, now, dice);
    const line = '[EventSocket] No access token or valid role available';
    return { ...failure, effects: [{ do: 'log', line }, ...failure.effects] };
  }
  return {
    state: { ...state, phase: 'opening', token, tokenReason: 'connect', deadline: now + OPEN_WITHIN },
    effects: [{ do: 'open', attempt: state.attempt }],
  };
}

/** @param {ConnectionState} state @param {number} now @returns {{ state: ConnectionState, effects: Effect[] }} */
function opened(state, now) {
  if (state.phase !== 'opening') {
    return unchanged(state);
  }
  return {
    state: { ...state, phase: 'greeting', deadline: now + GREET_WITHIN },
    effects: state.token ? [{ do: 'authenticate', token: state.token, resume: true }] : [],
  };
}

/**
 * @param {ConnectionState} state
 * @param {AnyMessage | null} message null if the data was no message
 * @param {number} now
 * @returns {{ state: ConnectionState, effects: Effect[] }}
 */
function heard(state, message, now) {
  if (state.phase !== 'greeting' && state.phase !== 'live') {
    return unchanged(state);
  }
  const alive = { ...state, liveness: Liveness.heard(now) };
  if (message === null) {
    return unchanged(alive);
  }
  /** @type {Effect[]} */
  const effects = [{ do: 'deliver', message }];
  switch (message.type) {
    case 'connected':
      if (state.phase === 'live') {
        return { state: withDeadline(alive), effects: [] };
      }
      return {
        state: withDeadline({ ...alive, phase: 'live', liveSince: now, holdUntil: 0, renewAt: null, reason: '', code: 0, own: false }),
        effects: [...greetings(message), ...effects],
      };
    case 'token_expiring':
      effects.push({ do: 'token', attempt: state.attempt, reason: 'renew' });
      return { state: withDeadline(alive), effects };
    case 'renewed':
      return { state: withDeadline({ ...alive, renewAt: null }), effects };
    case 'error':
      return message.code === 'keys_unavailable'
        ? { state: withDeadline({ ...alive, token: null, renewAt: now + RENEW_AGAIN }), effects }
        : { state: withDeadline(alive), effects };
    case 'bye':
      return { state: withDeadline({ ...alive, bye: byeOf(message, now) }), effects };
    default:
      return { state: withDeadline(alive), effects };
  }
}

/** The log lines of a new connection. @param {AnyMessage} message @returns {Effect[]} */
function greetings(message) {
  const lines = [
    '[EventSocket] ✅ Connected successfully',
    '[WebSocket] Connected successfully',
    `[WebSocket] Connection success: ${JSON.stringify(message)}`,
  ];
  return lines.map((line) => ({ do: 'log', line }));
}

/** @param {AnyMessage} message @param {number} now */
function byeOf({ code, after_ms: afterMs }, now) {
  return {
    code: Number.isInteger(code) ? code : ABNORMAL,
    afterMs: typeof afterMs === 'number' ? afterMs : 0,
    until: now + CLOSE_WITHIN,
  };
}

/**
 * @param {ConnectionState} state
 * @param {number} closeCode
 * @param {number} now
 * @param {number} dice
 * @param {Effect[]} [before]
 */
function ended(state, closeCode, now, dice, before = []) {
  if (!['opening', 'greeting', 'live'].includes(state.phase)) {
    return unchanged(state);
  }
  // A close frame can be lost after its announcement.
  const code = closeCode < 4000 && state.bye ? state.bye.code : closeCode;
  const reason = code === ABNORMAL ? 'the connection was lost' : `the service closed with ${nameOf(code)}`;
  const failure = failed(state, { code, reason, hintMs: state.bye?.afterMs }, now, dice);
  return { ...failure, effects: [...before, ...failure.effects] };
}

/** @param {ConnectionState} state @param {string} reason @param {number} now @param {number} dice */
function givenUp(state, reason, now, dice) {
  const failure = failed(state, { code: ABNORMAL, reason }, now, dice);
  /** @type {Effect} */
  const close = { do: 'close', code: CLIENT_GAVE_UP };
  return { ...failure, effects: [close, ...failure.effects] };
}

/**
 * @param {ConnectionState} state
 * @param {{ code: number, reason: string, hintMs?: number, own?: boolean }} failure
 * @param {number} now
 * @param {number} dice
 * @returns {{ state: ConnectionState, effects: Effect[] }}
 */
function failed(state, { code, reason, hintMs = 0, own = false }, now, dice) {
  const advice = adviceFor(code);
  if (advice === 'stop') {
    return stopped({ ...state, reason, code, own: true }, []);
  }
  const wasGood = state.phase === 'live' && now - state.liveSince >= GOOD_AFTER;
  const failures = wasGood ? 0 : state.failures;
  const delay = retryDelay({ advice, attempt: failures, hintMs, dice });
  return {
    state: {
      ...state,
      phase: 'waiting',
      failures: failures + 1,
      deadline: Math.max(now + delay, state.holdUntil),
      notBefore: hintMs > 0 || advice === 'back-off' ? now + delay : 0,
      tokenReason: advice === 'new-token' ? 'expired' : state.tokenReason,
      renewAt: null,
      bye: null,
      reason,
      code,
      // A single expired token is normal.
      own: own || (advice === 'new-token' && failures > 0),
    },
    effects: [],
  };
}

/** @param {ConnectionState} state @param {Effect[]} effects */
function stopped(state, effects) {
  return {
    // The new number makes later events of this attempt be ignored.
    state: { ...state, phase: /** @type {Phase} */ ('stopped'), attempt: state.attempt + 1, deadline: null, bye: null, renewAt: null },
    effects,
  };
}
