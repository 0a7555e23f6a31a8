/**
 * Socket and polling as one source of messages: never both at once, and in the order of the log.
 *
 * The socket is preferred. While it is not live for longer than a moment, polling takes over, and the socket goes on
 * trying beside it. When it gets through, polling is ended *before* the socket hands in its cursor: a poll's answer that
 * came later would be ahead of what the socket replays.
 *
 * @typedef {object} Link how events come at the moment
 * @property {'idle' | 'connecting' | 'live' | 'polling' | 'reconnecting' | 'stopped'} state
 * @property {string} reason why it is not live, for people
 * @property {number} code of the last close, 0 if there was none
 * @property {number | null} retryAt when the socket is tried again, epoch ms
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
  let everLive = false;

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
          changed(state) {
            polls = state;
            changed(link());
          },
        });

  return {
    start: socket.start,
    stop() {
      endPolling(false);
      socket.stop();
      changed(link());
    },
    /** The page is looked at again, or the network changed: find out now how things are. @returns {Promise<void>} */
    wake() {
      socket.wake();
      return polling?.now() ?? Promise.resolve();
    },
    acknowledge: socket.acknowledge,
    send: socket.send,
    link,
  };

  /** @param {import('./connection.js').ConnectionState} state */
  function socketChanged(state) {
    switch (state.phase) {
      case 'greeting':
      case 'live':
        everLive ||= state.phase === 'live';
        endPolling(state.phase === 'live');
        break;
      case 'stopped':
        // Polling judges by itself whether it is welcome, unless it was the page that stopped.
        if (state.code !== 0) {
          startPolling();
        }
        break;
      case 'waiting':
      case 'token':
        if (grace === null && !polls.running) {
          grace = environment.setTimeout(startPolling, POLL_AFTER_DOWN);
        }
        break;
    }
    changed(link());
  }

  function startPolling() {
    environment.clearTimeout(grace);
    grace = null;
    if (polling) {
      polls = { running: true, working: false, reason: '' };
      polling.start();
    }
  }

  /** @param {boolean} live */
  function endPolling(live) {
    environment.clearTimeout(grace);
    grace = null;
    polls = { running: false, working: false, reason: '' };
    polling?.stop(live);
  }

  /** @returns {Link} */
  function link() {
    const { phase, reason, code, deadline } = socket.state();
    const retryAt = phase === 'waiting' ? deadline : null;
    return { state: stateOf(phase), reason: reason || polls.reason, code, retryAt };
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
