/**
 * Decides for each event whether it may have an effect: once, and never an older state over a newer one.
 *
 * - An event is known by (`source`, `id`). A second one of the same name is a duplicate.
 * - Payloads of an entity carry a `version` that grows with each change. An event with a version that is not above the one
 *   seen is stale: all it has to say was said by a newer one. `order:created` is never stale, since it alone carries the
 *   whole order; whoever keeps a list merges it.
 *
 * Memory is bounded; the oldest entries are forgotten first. One ledger per page, called from its event handlers.
 */

/** @typedef {import('./messages.js').EventMessage} EventMessage */
/** @typedef {'fresh' | 'duplicate' | 'stale'} Verdict */

export const CAPACITY = 5_000;

/**
 * @param {object} [options]
 * @param {number} [options.capacity] events and entities to remember
 * @param {string[]} [options.seen] what an earlier page's {@link Ledger.seen} answered
 */
export function createLedger({ capacity = CAPACITY, seen = [] } = {}) {
  /** Insertion order is age. */
  const events = new Set(seen.slice(-capacity));
  /** @type {Map<string, number>} */
  const versions = new Map();

  return {
    /**
     * Writes the event down and says what it is.
     * @param {EventMessage} message
     * @returns {Verdict}
     */
    judge(message) {
      const name = nameOf(message);
      if (events.has(name)) {
        return 'duplicate';
      }
      events.add(name);
      forgetOldest(events, capacity);
      return isStale(message) ? 'stale' : 'fresh';
    },

    /**
     * The names of the latest events, oldest first.
     * @param {number} most
     */
    seen(most) {
      return [...events].slice(-most);
    },
  };

  /** @param {EventMessage} message */
  function isStale(message) {
    const entity = entityOf(message);
    if (entity === null) {
      return false;
    }
    const { key, version } = entity;
    const known = versions.get(key) ?? -Infinity;
    if (version > known) {
      versions.delete(key);
      versions.set(key, version);
      forgetOldest(versions, capacity);
      return false;
    }
    return message.type !== 'order:created';
  }
}

/** @typedef {ReturnType<typeof createLedger>} Ledger */

/** @param {EventMessage} message */
function nameOf({ source, id }) {
  return JSON.stringify([source, id]);
}

/**
 * @param {EventMessage} message
 * @returns {{ key: string, version: number } | null}
 */
function entityOf({ type, event }) {
  const { version } = event;
  const id = event.task_id ?? event.orderId;
  if (typeof version !== 'number' || typeof id !== 'string') {
    return null;
  }
  return { key: `${type === 'task_update' ? 'task' : 'order'} ${id}`, version };
}

/** @param {Set<any> | Map<any, any>} collection @param {number} capacity */
function forgetOldest(collection, capacity) {
  while (collection.size > capacity) {
    collection.delete(collection.keys().next().value);
  }
}
