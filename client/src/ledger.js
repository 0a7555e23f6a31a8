/**
 * Decides for each event whether it may have an effect: once, and never an older state over a newer one.
 *
 * - An event is known by (`source`, `id`). A second one of the same name is a duplicate.
 * - Payloads of an entity carry a `version` that counts the changes of that entity. An event with a version that is not
 *   above the one seen is stale: all it has to say was said by a newer one. `order:created` is never stale, since it alone
 *   carries the whole order; whoever keeps a list merges it.
 *
 * Which field names the entity is known for tasks and orders only. An event of any other type may name an order, too, and
 * its `version` then counts something else: it is never stale here.
 *
 * Memory is bounded; the oldest entries are forgotten first. One ledger per page, called from its event handlers.
 */

import { eventTypeOf } from './messages.js';

/** @typedef {import('./messages.js').EventMessage} EventMessage */
/** @typedef {'fresh' | 'duplicate' | 'stale'} Verdict */

export const CAPACITY = 5_000;

/** The events whose `version` counts the changes of a task, or of an order. @type {Map<string, 'task' | 'order'>} */
const ENTITIES = new Map([
  ['task_update', 'task'],
  ['task.created', 'task'],
  ['task.updated', 'task'],
  ['task.completed', 'task'],
  ['task.deleted', 'task'],
  ['order:created', 'order'],
  ['order:updated', 'order'],
  ['order:cancelled', 'order'],
]);

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
 * @returns {{ key: string, version: number } | null} null if nothing is known of the entity's versions
 */
function entityOf(message) {
  const { version, task_id: taskId, orderId } = message.event;
  const entity = ENTITIES.get(eventTypeOf(message));
  const id = entity === 'task' ? taskId : orderId;
  if (entity === undefined || typeof version !== 'number' || typeof id !== 'string') {
    return null;
  }
  return { key: `${entity} ${id}`, version };
}

/** @param {Set<any> | Map<any, any>} collection @param {number} capacity */
function forgetOldest(collection, capacity) {
  while (collection.size > capacity) {
    collection.delete(collection.keys().next().value);
  }
}
