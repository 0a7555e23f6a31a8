/**
 * A list of items as a page shows it. It has three independent sources: loads over HTTP, events, and the user's own changes, which
 * are shown at once and rolled back if the service rejects them.
 *
 * Confirmed and pending state are separate: the view consists of the confirmed items with the pending changes applied.
 * So a rejected change disappears without affecting later updates. An older version never replaces a newer
 * one, and an older load never restores an item that was removed.
 */

import { observable } from './observable.js';

/**
 * @template T
 * @typedef {object} CollectionOptions
 * @property {(item: T) => string} [idOf] `item.id` by default
 * @property {(item: T) => number | undefined} [versionOf] `item.version` by default; without a version the later item wins
 */

/**
 * @template T
 * @typedef {object} Collection
 * @property {import('./observable.js').Observable<readonly T[]>} items newest first
 * @property {(id: string) => T | undefined} get an item as shown
 * @property {(item: T) => void} put adds or replaces a confirmed item; a new one appears on top
 * @property {(id: string, version?: number) => void} remove
 * @property {(fetch: () => Promise<readonly T[]>) => Promise<void>} load replaces all items except those that changed meanwhile
 * @property {(item: T, commit: () => Promise<T | void>, same?: (item: T) => boolean) => Promise<T | void>} add shows a new
 *     item until `commit` returns the real one. `same` returns whether an item of an event is the pending one
 * @property {(id: string, fields: Partial<T>, commit: () => Promise<T | void>) => Promise<T | void>} change
 * @property {(id: string, commit: () => Promise<unknown>) => Promise<void>} drop
 * @property {() => unknown} snapshot
 * @property {(value: any) => void} restore
 */

/** Number of removed items whose versions are stored. */
const GRAVES = 1_000;

/**
 * @template T
 * @param {CollectionOptions<T>} [options]
 * @returns {Collection<T>}
 */
export function createCollection({
  idOf = (item) => /** @type {any} */ (item).id,
  versionOf = (item) => /** @type {any} */ (item).version,
} = {}) {
  /** @type {Map<string, T>} newest first */
  let confirmed = new Map();
  /** @type {Map<string, number>} the versions at which items were removed */
  const graves = new Map();
  /** @type {{ apply: (items: Map<string, T>) => Map<string, T> }[]} oldest first */
  let pending = [];
  /** The ids that changed since a load began. @type {Set<Set<string>>} */
  const watching = new Set();
  let loaded = false;
  /** Loads are numbered in the order of their start; the answer of an older load is dropped if it arrives after that of a newer one. */
  let loads = 0;
  let latest = 0;
  const items = observable(/** @type {readonly T[]} */ ([]));

  return {
    items: { get: items.get, subscribe: items.subscribe },
    get: (id) => view().get(id),

    put(item) {
      confirm(item);
      show();
    },

    remove(id, version) {
      bury(id, version);
      show();
    },

    async load(fetch) {
      /** @type {Set<string>} */
      const touched = new Set();
      watching.add(touched);
      const number = ++loads;
      try {
        const list = await fetch();
        if (number < latest) {
          return;
        }
        latest = number;
        const before = confirmed;
        const current = list.filter((item) => !isBuried(item)).map((item) => merged(item, before.get(idOf(item)), touched));
        const listed = new Set(current.map(idOf));
        const newer = [...before].filter(([id]) => touched.has(id) && !listed.has(id));
        confirmed = new Map([...newer, ...current.map((item) => /** @type {[string, T]} */ ([idOf(item), item]))]);
        loaded = true;
        show();
      } finally {
        watching.delete(touched);
      }
    },

    add(item, commit, same = () => false) {
      const id = idOf(item);
      return optimistic((things) => {
        const isThere = things.has(id) || [...things.values()].some(same);
        return isThere ? things : new Map([[id, item], ...things]);
      }, commit);
    },

    change(id, fields, commit) {
      return optimistic((things) => {
        const item = things.get(id);
        return item === undefined ? things : new Map(things).set(id, { ...item, ...fields });
      }, commit);
    },

    async drop(id, commit) {
      await optimistic(
        (things) => {
          const rest = new Map(things);
          rest.delete(id);
          return rest;
        },
        async () => {
          await commit();
          bury(id, undefined);
        },
      );
    },

    snapshot: () => [...confirmed.values()],

    restore(value) {
      if (!loaded && Array.isArray(value)) {
        value.filter((item) => !confirmed.has(idOf(item))).forEach((item) => insert(item, 'last'));
        show();
      }
    },
  };

  /**
   * @template {T | void} R
   * @param {(things: Map<string, T>) => Map<string, T>} apply
   * @param {() => Promise<R>} commit
   * @returns {Promise<R>}
   */
  async function optimistic(apply, commit) {
    const change = { apply };
    pending = [...pending, change];
    show();
    try {
      const result = await commit();
      if (result !== undefined && result !== null) {
        confirm(/** @type {T} */ (result));
      }
      return result;
    } finally {
      pending = pending.filter((other) => other !== change);
      show();
    }
  }

  /** @param {T} item */
  function confirm(item) {
    const id = idOf(item);
    const known = confirmed.get(id);
    if (isBuried(item) || (known !== undefined && isNewer(known, item))) {
      return;
    }
    graves.delete(id);
    insert(item, 'first');
    touch(id);
  }

  /**
   * Merges an item of a load with the known one.
   * @param {T} item
   * @param {T | undefined} known
   * @param {Set<string>} touched ids that changed during the load
   */
  function merged(item, known, touched) {
    if (known === undefined || isNewer(item, known)) {
      return item;
    }
    return isNewer(known, item) || touched.has(idOf(item)) ? known : item;
  }

  /** Whether the item was removed at this version or a later one. @param {T} item */
  function isBuried(item) {
    const grave = graves.get(idOf(item));
    return grave !== undefined && (versionOf(item) ?? -Infinity) <= grave;
  }

  /** Stores an item; a known one keeps its position. @param {T} item @param {'first' | 'last'} place */
  function insert(item, place) {
    const id = idOf(item);
    if (confirmed.has(id) || place === 'last') {
      confirmed.set(id, item);
    } else {
      confirmed = new Map([[id, item], ...confirmed]);
    }
  }

  /** @param {string} id @param {number | undefined} version */
  function bury(id, version) {
    const known = confirmed.get(id);
    const knownVersion = known === undefined ? undefined : versionOf(known);
    graves.delete(id);
    graves.set(id, version ?? knownVersion ?? Infinity);
    if (graves.size > GRAVES) {
      graves.delete(/** @type {string} */ (graves.keys().next().value));
    }
    confirmed.delete(id);
    touch(id);
  }

  /** @param {string} id */
  function touch(id) {
    watching.forEach((touched) => touched.add(id));
  }

  /** @param {T} item @param {T} than */
  function isNewer(item, than) {
    const version = versionOf(item);
    const other = versionOf(than);
    return version !== undefined && other !== undefined && version > other;
  }

  function view() {
    return pending.reduce((things, { apply }) => apply(things), confirmed);
  }

  function show() {
    items.set([...view().values()]);
  }
}
