/**
 * Decides which events a following tab accepts from its leader, without a gap: each event contains the cursor before it, and a tab with
 * another cursor requests the events it missed. If the leader no longer has them, the tab reads them from the service,
 * and holds back events of the leader meanwhile.
 *
 * @typedef {import('./messages.js').AnyMessage} AnyMessage
 */

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {(message: AnyMessage) => void} parts.hear
 * @param {() => Promise<void>} parts.catchUp reads the events after this tab's cursor without the leader; never rejects
 */
export function createFollowing({ session, hear, catchUp }) {
  /** Everything up to this cursor was heard. @type {string | null} */
  let chain = null;
  /** What the leader handed on while this tab catches up. @type {AnyMessage[] | null} */
  let held = null;

  return {
    chain: () => chain,

    /** The leader changed, or this tab leads: events that were held back are delivered again by the new leader. */
    forget() {
      chain = null;
      held = null;
    },

    /** @param {string | null} cursor of a new leader @returns {boolean} whether this tab has the same cursor */
    standsAt(cursor) {
      const isThere = cursor !== null && session.cursor() === cursor;
      chain = isThere ? cursor : chain;
      return isThere;
    },

    /**
     * @param {string | null} before the leader's cursor before the event
     * @param {AnyMessage} message
     * @returns {boolean} false if an event before it is missing
     */
    take(before, message) {
      if (before !== chain) {
        return false;
      }
      chain = message.cursor ?? chain;
      if (held) {
        held.push(message);
      } else {
        apply(message);
      }
      return true;
    },

    /** @param {string | null} cursor of the leader @param {AnyMessage[] | null} missed null if the leader no longer has them */
    welcomed(cursor, missed) {
      if (cursor === null || held) {
        return;
      }
      chain = cursor;
      if (missed === null) {
        void readMissed();
        return;
      }
      missed.forEach(apply);
      session.moveTo(cursor);
    },
  };

  async function readMissed() {
    const mine = /** @type {AnyMessage[]} */ ([]);
    held = mine;
    await catchUp();
    if (held === mine) {
      held = null;
      mine.forEach(apply);
    }
  }

  /** @param {AnyMessage} message */
  function apply(message) {
    hear(message);
    if (typeof message.cursor === 'string') {
      session.moveTo(message.cursor);
    }
  }
}
