/**
 * What a following tab takes from its leader, without a hole: each event names the cursor before it, and a tab that stands
 * elsewhere asks for what it missed. If the leader does not know that any more, the tab reads it from the service itself,
 * and holds back what the leader hands on meanwhile.
 *
 * @typedef {import('./messages.js').AnyMessage} AnyMessage
 */

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {(message: AnyMessage) => void} parts.hear
 * @param {() => Promise<void>} parts.catchUp reads what came after this tab's cursor, without the leader; never rejects
 */
export function createFollowing({ session, hear, catchUp }) {
  /** Everything up to this cursor was heard. @type {string | null} */
  let chain = null;
  /** What the leader handed on while this tab catches up. @type {AnyMessage[] | null} */
  let held = null;

  return {
    chain: () => chain,

    /** The leader changed, or this tab leads: what is held back comes again, by the new way. */
    forget() {
      chain = null;
      held = null;
    },

    /** @param {string | null} cursor where a new leader stands @returns {boolean} whether this tab stands there, too */
    standsAt(cursor) {
      const isThere = cursor !== null && session.cursor() === cursor;
      chain = isThere ? cursor : chain;
      return isThere;
    },

    /**
     * @param {string | null} before where the leader stood before the event
     * @param {AnyMessage} message
     * @returns {boolean} false if something is missing before it
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

    /** @param {string | null} cursor where the leader stands @param {AnyMessage[] | null} missed null if it does not know */
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
