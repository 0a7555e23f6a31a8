/**
 * The page's position in its streams, and the result of each event. Socket, polling and other tabs provide events;
 * this module checks them with the ledger, calls the handlers, and moves the cursor.
 *
 * Only new events move the cursor, because a repeated message has an old cursor. The latest moves are
 * stored with their messages, so that a tab at one of these positions can get the rest from here.
 */

import { createLedger } from './ledger.js';
import { eventTypeOf, isEvent } from './messages.js';

/** @typedef {import('./messages.js').AnyMessage} AnyMessage */
/** @typedef {import('./messages.js').EventMessage} EventMessage */

const ORDER_LINES = new Map([
  ['order:created', '[WebSocket] Order created:'],
  ['order:updated', '[WebSocket] Order updated:'],
  ['order:cancelled', '[WebSocket] Order cancelled:'],
]);

/** Number of latest events that other tabs can get from this tab. */
export const RECENT = 500;

/**
 * @param {object} parts
 * @param {Pick<ReturnType<typeof import('./emitter.js').createEmitter>, 'emit' | 'has'>} parts.emitter
 * @param {() => void} parts.changed called when a handler processed an event
 * @param {import('./analytics.js').Analytics} parts.analytics
 * @param {() => string | undefined} parts.role
 * @param {import('./log.js').Log} parts.log
 */
export function createSession({ emitter, changed, analytics, role, log }) {
  const { emit, has } = emitter;
  let ledger = createLedger();
  /** @type {string | null} */
  let cursor = null;
  /** @type {{ before: string | null, after: string | null, message: AnyMessage | null }[]} */
  let recent = [];

  return {
    cursor: () => cursor,

    /** @param {string | null} value */
    moveTo(value) {
      if (value !== cursor) {
        remember(cursor, value, null);
        cursor = value;
      }
    },

    /** Restores the position of an earlier page. @param {{ cursor: string | null, seen: string[] }} position */
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
      remember(before, cursor, message);
      return true;
    },

    /**
     * The messages after a cursor, for a tab at that position.
     * @param {string | null} position
     * @returns {AnyMessage[] | null} null if the cursor is too old or unknown
     */
    since(position) {
      const stands = recent.map(({ before }) => before).lastIndexOf(position);
      const isHere = position === cursor || (position !== null && recent.at(-1)?.after === position);
      if (isHere) {
        return [];
      }
      return position === null || stands < 0 ? null : recent.slice(stands).flatMap(({ message }) => message ?? []);
    },
  };

  /** @param {string | null} before @param {string | null} after @param {AnyMessage | null} message */
  function remember(before, after, message) {
    recent = [...recent.slice(1 - RECENT), { before, after, message }];
  }

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
    const orderLine = ORDER_LINES.get(message.type);
    if (orderLine) {
      log(orderLine, message.event.orderId);
    }
    if (message.type === 'business-event') {
      log(`[EventSocket] Routing to ${role() ?? 'user'} store`);
    }
    // All handlers are called, even if one throws.
    const good = [
      emit(message.type, message.event, message),
      type === message.type || emit(type, message.event, message),
      emit('event', message.event, message),
    ].every(Boolean);
    analytics.count(good ? 'applied' : 'failed');
    if (good && [message.type, type, 'event'].some(has)) {
      changed();
    }
    analytics.took(message.timestamp);
  }
}

/** @typedef {ReturnType<typeof createSession>} Session */
