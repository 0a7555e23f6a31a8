/**
 * A list of things as a page shows it, fed from three sides that do not wait for each other: loads over HTTP, events, and
 * the person's own changes, which show at once and are taken back if the service refuses them.
 *
 * What is confirmed and what is pending are kept apart: the view is the confirmed things with the pending changes laid over
 * them, so a refused change vanishes and takes nothing along that came meanwhile. An older version never replaces a newer
 * one, a thing that was removed does not come back by an older load.
 */

import { observable } from './observable.js';

/**
 * @template T
 * @typedef {object} CollectionOptions
 * @property {(item: T) => string} [idOf] `item.id` by default
 * @property {(item: T) => number | undefined} [versionOf] `item.version` by default; without one the later wins
 */

/**
 * @template T
 * @typedef {object} Collection
 * @property {import('./observable.js').Observable<readonly T[]>} items newest first
 * @property {(id: string) => T | undefined} get as shown
 * @property {(item: T) => void} put takes a confirmed thing; an unknown one appears on top
 * @property {(id: string, version?: number) => void} remove
 * @property {(fetch: () => Promise<readonly T[]>) => Promise<void>} load replaces everything but what changed meanwhile
 * @property {(item: T, commit: () => Promise<T | void>, same?: (item: T) => boolean) => Promise<T | void>} add shows a new
 *     thing until `commit` answers the real one. `same` tells if a thing that an event brings is the one that waits here
 * @property {(id: string, fields: Partial<T>, commit: () => Promise<T | void>) => Promise<T | void>} change
 * @property {(id: string, commit: () => Promise<unknown>) => Promise<void>} drop
 * @property {() => unknown} snapshot
 * @property {(value: any) => void} restore
 */

/** Removed things that are remembered. */
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
  /** @type {Map<string, number>} the versions at which things were removed */
  const graves = new Map();
  /** @type {{ apply: (items: Map<string, T>) => Map<string, T> }[]} oldest first */
  let pending = [];
  /** What changed since a load began. @type {Set<Set<string>>} */
  const watching = new Set();
  let loaded = false;
  /** Loads are numbered in the order in which they began; an answer that comes after a later load's is dropped. */
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
   * What a load brought against what is known.
   * @param {T} item
   * @param {T | undefined} known
   * @param {Set<string>} touched what changed during the load
   */
  function merged(item, known, touched) {
    if (known === undefined || isNewer(item, known)) {
      return item;
    }
    return isNewer(known, item) || touched.has(idOf(item)) ? known : item;
  }

  /** Removed, and not by an older version than this. @param {T} item */
  function isBuried(item) {
    const grave = graves.get(idOf(item));
    return grave !== undefined && (versionOf(item) ?? -Infinity) <= grave;
  }

  /** A known thing keeps its place. @param {T} item @param {'first' | 'last'} place */
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
