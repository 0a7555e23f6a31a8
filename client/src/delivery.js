/**
 * Combines socket and polling into one source of messages: never both at the same time, and in the order of the log.
 *
 * The socket is preferred. While it is not live for longer than a moment, polling takes over, and the socket keeps
 * trying. When the socket connects, polling pauses *before* the socket sends its cursor, because a later answer of a poll
 * would be ahead of the socket's replay. If the socket receives no `connected`, polling continues.
 *
 * @typedef {object} Link how events are received now
 * @property {'idle' | 'connecting' | 'live' | 'polling' | 'reconnecting' | 'stopped'} state
 * @property {string} reason why it is not live, for display
 * @property {number} code of the last close, 0 if there was none
 * @property {number | null} retryAt when the socket is tried again, epoch ms
 * @property {boolean} own whether the cause is in this tab, so that another tab may succeed
 */

import { createPolling } from './polling.js';
import { createSocket } from './socket.js';

/** Time in which a lost socket may reconnect before polling starts (ms). */
export const POLL_AFTER_DOWN = 3_000;

/**
 * @param {object} parts
 * @param {string} parts.socketUrl
 * @param {string | null} parts.pollUrl null: never poll
 * @param {((reason: import('./token.js').TokenReason) => Promise<string | null>) | null} parts.token
 * @param {() => string | null} parts.cursor
 * @param {() => Record<string, unknown>} parts.report
 * @param {(message: import('./messages.js').AnyMessage) => void} parts.deliver
 * @param {(cursor: string) => void} parts.caughtUp everything up to this cursor was delivered
 * @param {() => void} parts.badCursor
 * @param {(link: Link) => void} parts.changed
 * @param {import('./log.js').Log} parts.log
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createDelivery({ socketUrl, pollUrl, caughtUp, changed, ...parts }) {
  const { environment } = parts;
  /** @type {any} */
  let grace = null;
  let polls = { running: false, working: false, reason: '' };
  /** Polling runs, except while the socket waits for its greeting. */
  let isPaused = false;
  let everLive = false;
  /** Since when the socket is not live. @type {number | null} */
  let downSince = null;
  /** The next attempt on both clocks. */
  let retry = { deadline: 0, at: 0 };

  const socket = createSocket({ ...parts, url: socketUrl, changed: socketChanged });
  const polling =
    pollUrl === null
      ? null
      : createPolling({
          ...parts,
          url: pollUrl,
          deliver({ messages, cursor }) {
            messages.forEach(parts.deliver);
            if (cursor !== null) {
              caughtUp(cursor);
            }
          },
          overloaded: socket.hold,
          changed(state) {
            polls = state;
            changed(link());
          },
        });

  return {
    start: socket.start,
    stop() {
      downSince = null;
      endPolling(false);
      socket.stop();
      changed(link());
    },
    /** The user returned to the page, or the network changed: checks the connection now. @returns {Promise<void>} */
    wake() {
      socket.wake();
      return polling?.now() ?? Promise.resolve();
    },
    /** Performs due work, in case timers are delayed. */
    tick() {
      socket.tick();
      polling?.tick();
    },
    acknowledge: socket.acknowledge,
    send: socket.send,
    link,
  };

  /** @param {import('./connection.js').ConnectionState} state */
  function socketChanged(state) {
    switch (state.phase) {
      case 'greeting':
        pausePolling(false);
        break;
      case 'live':
        everLive = true;
        downSince = null;
        endPolling(true);
        break;
      case 'stopped':
        // Polling decides for itself whether it continues, unless the page stopped the connection.
        if (state.code !== 0) {
          startPolling();
        }
        break;
      case 'waiting':
      case 'token':
        downSince ??= environment.steady();
        if (grace === null && (!polls.running || isPaused)) {
          pollAfter(downSince + POLL_AFTER_DOWN - environment.steady());
        }
        break;
    }
    changed(link());
  }

  /** @param {number} pause */
  function pollAfter(pause) {
    if (pause > 0) {
      grace = environment.setTimeout(startPolling, pause);
    } else {
      startPolling();
    }
  }

  function startPolling() {
    environment.clearTimeout(grace);
    grace = null;
    if (polling) {
      polls = { ...polls, running: true };
      isPaused = false;
      polling.start();
    }
  }

  /** @param {boolean} live */
  function endPolling(live) {
    pausePolling(live);
    polls = { running: false, working: false, reason: '' };
  }

  /** @param {boolean} live */
  function pausePolling(live) {
    environment.clearTimeout(grace);
    grace = null;
    isPaused = true;
    polling?.stop(live);
  }

  /** @returns {Link} */
  function link() {
    const { phase, reason, code, own, deadline } = socket.state();
    const retryAt = phase === 'waiting' && deadline !== null ? wallTimeOf(deadline) : null;
    return { state: stateOf(phase), reason: reason || polls.reason, code, retryAt, own };
  }

  /** @param {number} deadline */
  function wallTimeOf(deadline) {
    if (deadline !== retry.deadline) {
      retry = { deadline, at: Math.round(environment.now() + deadline - environment.steady()) };
    }
    return retry.at;
  }

  /** @param {import('./connection.js').Phase} phase @returns {Link['state']} */
  function stateOf(phase) {
    if (phase === 'live' || phase === 'idle') {
      return phase;
    }
    if (polls.running && polls.working) {
      return 'polling';
    }
    if (phase === 'stopped') {
      return polls.running ? 'reconnecting' : 'stopped';
    }
    return everLive ? 'reconnecting' : 'connecting';
  }
}

/** @typedef {ReturnType<typeof createDelivery>} Delivery */
