/**
 * Socket and polling as one source of messages: never both at once, and in the order of the log.
 *
 * The socket is preferred. While it is not live for longer than a moment, polling takes over, and the socket goes on
 * trying beside it. When it gets through, polling pauses *before* the socket hands in its cursor: a poll's answer that
 * came later would be ahead of what the socket replays. If no greeting comes, polling continues.
 *
 * @typedef {object} Link how events come at the moment
 * @property {'idle' | 'connecting' | 'live' | 'polling' | 'reconnecting' | 'stopped'} state
 * @property {string} reason why it is not live, for people
 * @property {number} code of the last close, 0 if there was none
 * @property {number | null} retryAt when the socket is tried again, epoch ms
 * @property {boolean} own whether the cause lies in this tab, so that another one might do better
 */

import { createPolling } from './polling.js';
import { createSocket } from './socket.js';

/** For so long a lost socket may come back before polling starts (ms). */
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
  /** Polling runs, but for a socket that may be about to get through. */
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
    /** The page is looked at again, or the network changed: find out now how things are. @returns {Promise<void>} */
    wake() {
      socket.wake();
      return polling?.now() ?? Promise.resolve();
    },
    /** Does what is due, in case timers are held up. */
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
        // Polling judges by itself whether it is welcome, unless it was the page that stopped.
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
