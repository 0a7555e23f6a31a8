/**
 * Decides for each event whether it may have an effect: once, and never an older state over a newer one.
 *
 * - (`source`, `id`) identifies an event. A second event with the same identity is a duplicate.
 * - Payloads of an entity contain a `version` that counts the changes of that entity. An event whose version is not
 *   above the latest one is stale, because a newer event contained its content. `order:created` is never stale, because it alone
 *   contains the whole order; lists merge it.
 *
 * The field that identifies the entity is known for tasks and orders only. An event of another type may also contain the id of an order, but
 * its `version` then counts something else, so it is never stale here.
 *
 * Memory is bounded; the oldest entries are removed first. A page has one ledger, which its event handlers call.
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
 * @param {string[]} [options.seen] the result of an earlier page's {@link Ledger.seen}
 */
export function createLedger({ capacity = CAPACITY, seen = [] } = {}) {
  /** Insertion order is age. */
  const events = new Set(seen.slice(-capacity));
  /** @type {Map<string, number>} */
  const versions = new Map();

  return {
    /**
     * Records the event and returns its verdict.
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
     * The identities of the latest events, oldest first.
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
 * @returns {{ key: string, version: number } | null} null if the entity has no known versions
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
