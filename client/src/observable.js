/**
 * A value that can be watched. A watcher is called at once with the value, and again whenever it changes, so it fits
 * Svelte's stores as it is, and React's `useSyncExternalStore` with `get`.
 *
 * @template T
 * @typedef {object} Observable
 * @property {() => T} get
 * @property {(watcher: (value: T) => void) => () => void} subscribe answers how to stop it
 */

/**
 * @template T
 * @param {T} initial
 * @param {(error: unknown) => void} [failed] is told of a watcher that threw; the others are called all the same
 * @returns {Observable<T> & { set: (value: T) => void }}
 */
export function observable(initial, failed = (error) => console.error(error)) {
  let value = initial;
  /** @type {Set<{ watcher: (value: T) => void }>} */
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) {
        return;
      }
      value = next;
      for (const entry of [...watchers]) {
        try {
          entry.watcher(value);
        } catch (error) {
          failed(error);
        }
      }
    },
    subscribe(watcher) {
      const entry = { watcher };
      watcher(value);
      watchers.add(entry);
      return () => {
        watchers.delete(entry);
      };
    },
  };
}
