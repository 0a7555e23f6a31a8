/**
 * Where this page stands in its streams, and what it did with each event. Socket, polling and other tabs bring events;
 * this decides by the ledger, calls the handlers, and moves the cursor.
 *
 * The cursor moves with what is new only: an old message that comes again carries an old cursor.
 */

import { createLedger } from './ledger.js';
import { eventTypeOf, isEvent } from './messages.js';

/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./messages.js').EventMessage} EventMessage */

/** How many of the latest events other tabs can still get from here. */
export const RECENT = 500;

/**
 * @param {object} parts
 * @param {(name: string, ...args: any[]) => boolean} parts.emit
 * @param {import('./analytics.js').Analytics} parts.analytics
 * @param {() => string | undefined} parts.role
 * @param {import('./log.js').Log} parts.log
 */
export function createSession({ emit, analytics, role, log }) {
  let ledger = createLedger();
  /** @type {string | null} */
  let cursor = null;
  /** @type {{ before: string | null, message: AnyMessage }[]} */
  let recent = [];

  return {
    cursor: () => cursor,

    /** @param {string | null} value */
    moveTo(value) {
      cursor = value;
    },

    /** Continues where an earlier page stopped. @param {{ cursor: string | null, seen: string[] }} position */
    resume({ cursor: value, seen }) {
      cursor = value;
      ledger = createLedger({ seen });
    },

    /** @param {number} most */
    seen: (most) => ledger.seen(most),

    /**
     * Takes an event or a gap.
     * @param {AnyMessage} message
     * @returns {boolean} whether it was new
     */
    accept(message) {
      const before = cursor;
      if (!take(message)) {
        return false;
      }
      cursor = typeof message.cursor === 'string' ? message.cursor : cursor;
      recent = [...recent.slice(1 - RECENT), { before, message }];
      return true;
    },

    /**
     * What came after a cursor, for a tab that stands there.
     * @param {string | null} position
     * @returns {AnyMessage[] | null} null if that is too long ago, or unknown here
     */
    since(position) {
      // Polling may move on without an event, over one that another stream has told already.
      if (position === cursor || (position !== null && position === recent.at(-1)?.message.cursor)) {
        return [];
      }
      const start = recent.findIndex(({ before }) => before === position);
      return position === null || start < 0 ? null : recent.slice(start).map(({ message }) => message);
    },
  };

  /** @param {AnyMessage} message */
  function take(message) {
    if (message.type === 'gap') {
      analytics.count('gaps');
      log('[EventSocket] A part of the past is gone', message.count ?? 'of unknown size');
      emit('gap', message);
      return true;
    }
    if (!isEvent(message)) {
      return false;
    }
    analytics.count('received');
    const verdict = ledger.judge(message);
    if (verdict === 'duplicate') {
      analytics.count('duplicates');
      return false;
    }
    if (verdict === 'stale') {
      analytics.count('stale');
      return true;
    }
    apply(message);
    return true;
  }

  /** @param {EventMessage} message */
  function apply(message) {
    const type = eventTypeOf(message);
    log(`[EventSocket] ✅ Received event: ${type}`);
    if (message.type === 'business-event') {
      log(`[EventSocket] Routing to ${role() ?? 'user'} store`);
    }
    // All are called, whoever throws.
    const good = [
      emit(message.type, message.event, message),
      type === message.type || emit(type, message.event, message),
      emit('event', message.event, message),
    ].every(Boolean);
    analytics.count(good ? 'applied' : 'failed');
    analytics.took(message.timestamp);
  }
}

/** @typedef {ReturnType<typeof createSession>} Session */
