/**
 * Executes the decisions of connection.js: one WebSocket at a time, one timer, one token call.
 *
 * Works with every implementation of the browser's WebSocket API, such as those of React Native and Node.
 */

import { idle, step } from './connection.js';
import { ABNORMAL } from './close-codes.js';
import { parse } from './messages.js';

/** @typedef {import('./connection.js').ConnectionState} ConnectionState */
/** @typedef {import('./connection.js').Input} Input */
/** @typedef {import('./connection.js').Effect} Effect */

/**
 * @param {object} parts
 * @param {string} parts.url
 * @param {((reason: import('./token.js').TokenReason) => Promise<string | null>) | null} parts.token null: no token is sent,
 *     and the URL contains the user (a service with its development switch)
 * @param {() => string | null} parts.cursor the client's position
 * @param {() => Record<string, unknown>} parts.report further fields of an acknowledgement
 * @param {(message: import('./messages.js').AnyMessage) => void} parts.deliver
 * @param {(state: ConnectionState) => void} parts.changed
 * @param {import('./log.js').Log} parts.log
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createSocket({ url, token, cursor, report, deliver, changed, log, environment }) {
  let state = idle();
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {any} */
  let timer = null;
  /** @type {Input[]} */
  const waiting = [];

  return {
    start: () => feed({ type: 'start' }),
    stop: () => feed({ type: 'stop' }),
    /** Something changed for the better: try now, or find out whether the connection still stands. */
    wake: () => feed({ type: 'wake' }),
    /** Does what is due, in case a timer is held up. */
    tick: () => feed({ type: 'tick' }),
    /** Makes no attempt for so long. @param {number} ms */
    hold: (ms) => feed({ type: 'hold', ms }),
    acknowledge: () => feed({ type: 'acknowledge' }),
    state: () => state,
    /**
     * @param {object} message
     * @returns {boolean} whether it could be sent
     */
    send(message) {
      return state.phase === 'live' && transmit(message);
    },
  };

  /** What happens while an input is worked on, waits for its turn. @param {Input} input */
  function feed(input) {
    waiting.push(input);
    if (waiting.length > 1) {
      return;
    }
    for (let next; (next = waiting[0]); waiting.shift()) {
      try {
        take(next);
      } catch (error) {
        // Somebody's watcher or log threw; the connection goes on.
        environment.reportError(error);
      }
    }
  }

  /** @param {Input} input */
  function take(input) {
    const before = state;
    const result = step(state, input, { now: environment.steady(), dice: environment.random() });
    state = result.state;
    const over = state.phase === 'waiting' || state.phase === 'stopped';
    if (over && before.phase !== state.phase) {
      dismiss(result.effects);
    }
    schedule();
    // The page hears of a new phase before it hears what came in it.
    if (before.phase !== state.phase) {
      changed(state);
    }
    result.effects.forEach(perform);
  }

  /** @param {Effect} effect */
  function perform(effect) {
    switch (effect.do) {
      case 'token':
        return void askToken(effect.attempt, effect.reason);
      case 'open':
        return open(effect.attempt);
      case 'authenticate':
        return void transmit(authMessage(effect.token, effect.resume ? cursor() : null));
      case 'ping':
        return void transmit(pingMessage(cursor(), report()));
      case 'close':
        return;
      case 'deliver':
        return deliver(effect.message);
      case 'log':
        return log(effect.line, ...(effect.line.includes('❌') ? [state.reason] : []));
    }
  }

  /** @param {number} attempt @param {import('./token.js').TokenReason} reason */
  async function askToken(attempt, reason) {
    if (token === null) {
      feed({ type: 'token', attempt, token: '' });
      return;
    }
    try {
      feed({ type: 'token', attempt, token: await token(reason) });
    } catch (error) {
      feed({ type: 'token-failed', attempt, detail: String(/** @type {any} */ (error)?.message ?? error) });
    }
  }

  /** @param {number} attempt */
  function open(attempt) {
    /** @type {WebSocket} */
    let opening;
    try {
      const { WebSocket } = environment;
      if (!WebSocket) {
        throw new Error('there is no WebSocket here');
      }
      opening = new WebSocket(url);
      opening.onopen = () => feed({ type: 'opened', attempt });
      opening.onmessage = ({ data }) => feed({ type: 'heard', attempt, message: parse(data) });
      opening.onclose = ({ code }) => feed({ type: 'closed', attempt, code: code || ABNORMAL });
      // A close follows each error; without a listener some sockets throw.
      opening.onerror = () => {};
    } catch (error) {
      feed({ type: 'unusable', attempt, detail: String(/** @type {any} */ (error)?.message ?? error) });
      return;
    }
    socket = opening;
  }

  /** Lets go of the socket, whatever it still says. @param {Effect[]} effects */
  function dismiss(effects) {
    const gone = socket;
    socket = null;
    if (gone === null) {
      return;
    }
    gone.onopen = gone.onmessage = gone.onclose = null;
    const close = effects.find((effect) => effect.do === 'close');
    try {
      gone.close(close ? close.code : 1000);
    } catch {
      // It never opened, or is closed already.
    }
  }

  /** @param {object} message */
  function transmit(message) {
    if (socket === null || socket.readyState !== 1) {
      return false;
    }
    try {
      socket.send(JSON.stringify(message));
      return true;
    } catch {
      // Its close is on the way.
      return false;
    }
  }

  function schedule() {
    environment.clearTimeout(timer);
    timer = null;
    if (state.deadline !== null) {
      const delay = Math.max(0, state.deadline - environment.steady());
      timer = environment.setTimeout(() => feed({ type: 'tick' }), delay);
    }
  }
}

/** @typedef {ReturnType<typeof createSocket>} Socket */

/** @param {string} token @param {string | null} cursor */
function authMessage(token, cursor) {
  return cursor === null ? { type: 'auth', token } : { type: 'auth', token, cursor };
}

/** @param {string | null} cursor @param {Record<string, unknown>} report */
function pingMessage(cursor, report) {
  return cursor === null ? { type: 'ping' } : { type: 'ping', cursor, ...report };
}
